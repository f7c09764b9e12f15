export { AdministrationPage, administrationTabs } from './administration-page.tsx';
