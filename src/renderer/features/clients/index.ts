export { clientName } from './client-columns.tsx';
export { ClientsPage, type ClientsPageProps } from './clients-page.tsx';
export { NewClientDialog } from './new-client-dialog.tsx';
