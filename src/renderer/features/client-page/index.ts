export { ClientPage } from './client-page.tsx';
export { useDoor, type Door } from './use-door.ts';
