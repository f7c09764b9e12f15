export { OpeningLines } from './opening-lines.tsx';
export { ProtectedLine } from './protected-line.tsx';
export { RegionSearchDialog } from './region-search-dialog.tsx';
export { useRegionAnswers } from './use-region.ts';
export { wholeCodeOf } from './whole-code.ts';
