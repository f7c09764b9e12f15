import './requests.css';

export { Acknowledgments } from './acknowledgments.tsx';
export { AskDialog, type AskedPlace } from './ask-dialog.tsx';
export {
  acknowledgmentsOf,
  byPlace,
  requestsOf,
  shownPlace,
  type PlanRequest,
} from './plan-requests.ts';
export { RequestList } from './request-list.tsx';
export { RequestSign, RowRequests } from './request-sign.tsx';
