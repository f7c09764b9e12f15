import './presence.css';

export { PresentPeople } from './present-people.tsx';
export { useSayHere } from './use-say-here.ts';
export { WritingHere } from './writing-here.tsx';
