import './goals.css';

export { GoalRatings } from './goal-ratings.tsx';
export { ScoreWords } from './score-words.tsx';
