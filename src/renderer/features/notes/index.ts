export { NotesPage } from './notes-page.tsx';
export { NotesRead } from './notes-read.tsx';
