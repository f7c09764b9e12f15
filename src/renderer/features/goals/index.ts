import './goals.css';

export { GoalRatings } from './goal-ratings.tsx';
export { RateForm } from './rate-form.tsx';
export { ScoreWords } from './score-words.tsx';
