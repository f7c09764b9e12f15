import './meeting.css';

export { useIsMeetingOn } from './use-open-meeting.ts';

export { MeetingLine } from './meeting-line.tsx';
export { MeetingPage } from './meeting-page.tsx';
