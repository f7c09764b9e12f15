import './visit.css';

export { LastVisit } from './last-visit.tsx';
export { VisitPage } from './visit-page.tsx';
