import './conflicts.css';

export { ConflictBanners } from './conflict-banner.tsx';
export { useConflictSentence } from './conflict-sentence.ts';
export { diffWords } from './diff-words.ts';
export { useRecordName } from './record-name.ts';
export { SettleExistence } from './settle-existence.tsx';
export { SettleGroup } from './settle-group.tsx';
export { VersionCard } from './version-card.tsx';
