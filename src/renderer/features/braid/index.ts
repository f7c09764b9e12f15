export { BraidCard, type BraidCardProps } from './braid-card.tsx';
