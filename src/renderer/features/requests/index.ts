import './requests.css';

export { Acknowledgments } from './acknowledgments.tsx';
export { AskDialog, type AskedPlace } from './ask-dialog.tsx';
export { askedBy, askedOption, askOptions } from './ask-options.ts';
export {
  acknowledgmentsOf,
  byPlace,
  requestsOf,
  shownPlace,
  type PlanRequest,
} from './plan-requests.ts';
export { RequestList } from './request-list.tsx';
export { RequestSign, RowRequests } from './request-sign.tsx';
