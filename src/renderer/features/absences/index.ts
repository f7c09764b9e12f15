export { AbsencesPage } from './absences-page.tsx';
