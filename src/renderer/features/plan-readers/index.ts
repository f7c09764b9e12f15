export { ReadersCard, ReadersThen } from './readers-card.tsx';
export { ReadersLine } from './readers-line.tsx';
