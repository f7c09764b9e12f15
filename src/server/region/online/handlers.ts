import type { OnlineCallName } from '#shared/protocol/online/online-calls.ts';
import { absenceHandlers } from '../absences/absence-handlers.ts';
import { administrationHandlers } from '../administration/administration-handlers.ts';
import { historyHandlers } from '../history/history-handlers.ts';
import { ownDeviceHandlers } from '../identity/own-devices.ts';
import { openingHandlers } from '../openings/opening-handlers.ts';
import { reviewHandlers } from '../reviews/review-handlers.ts';
import { useLogHandlers } from '../use-log/use-log-handlers.ts';
import type { HandlersOf } from './online-handlers.ts';

/** Every online call with its use case. */
export const onlineHandlers: HandlersOf<OnlineCallName> = {
  ...openingHandlers,
  ...reviewHandlers,
  ...absenceHandlers,
  ...ownDeviceHandlers,
  ...historyHandlers,
  ...useLogHandlers,
  ...administrationHandlers,
};
