export { BehindRestraint } from './behind-restraint.tsx';
export { DetailsPage } from './details-page.tsx';
