export { ClientLogPage } from './client-log-page.tsx';
export { OwnLogPage } from './own-log-page.tsx';
export { PrivacyReviewPage } from './privacy-review-page.tsx';
