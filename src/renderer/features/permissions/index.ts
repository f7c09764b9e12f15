export { AccessPreview } from './access-preview.tsx';
export { GroundDialog } from './ground-dialog.tsx';
export { useGroundWords, untilText, type GroundWords } from './ground-words.ts';
export { LastDayDialog } from './last-day-dialog.tsx';
export { PermissionsPage } from './permissions-page.tsx';
export { WhoSees } from './who-sees.tsx';
