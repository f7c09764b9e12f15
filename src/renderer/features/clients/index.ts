export { clientName } from './client-columns.tsx';
export { ClientsPage } from './clients-page.tsx';
