export { SyncBanner, SyncInBar, useSyncCount } from './sync-in-bar.tsx';
export { SyncPage } from './sync-page.tsx';
