import './meeting.css';

export { isMeetingOn } from './open-meeting.ts';

export { MeetingLine } from './meeting-line.tsx';
export { MeetingPage } from './meeting-page.tsx';
