export { SeenButton } from './seen-button.tsx';
export { UnseenList } from './unseen-list.tsx';
export { isUnseen, unseenCounts, unseenOf, type UnseenRecord } from './unseen.ts';
