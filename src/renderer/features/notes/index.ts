export { clockOf } from './note-list.ts';
export { NotesPage } from './notes-page.tsx';
