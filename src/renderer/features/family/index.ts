import './family.css';

export { CommonNote } from './common-note.tsx';
export { CommonSign } from './common-sign.tsx';
export { hasFamily, type CommonRow, type Member } from './family.ts';
export { useFamily, type Family } from './use-family.ts';
