export { useFieldProblemWords, useProblemWords } from './problem-words.ts';
