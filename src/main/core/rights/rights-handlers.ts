import type { CallHandlers } from '#shared/contract/transport.ts';
import { err, ok } from '#shared/lib/result.ts';
import { withReading } from '#main/db/handles.ts';
import type { Announce, DeskCalls } from '../desk-calls.ts';
import { activeOpenings } from '../openings/active-openings.ts';
import { findHere } from '../openings/find-here.ts';
import { endHere, openHere } from '../openings/open-here.ts';
import { showMeeting } from '../meetings/show-meeting.ts';
import { storageProblem } from '../problems.ts';
import { previewAccess } from './preview.ts';
import { whoSees } from './who-sees.ts';

type RightsCalls =
  | 'access.who'
  | 'access.preview'
  | 'meetings.show'
  | 'emergency.openHere'
  | 'emergency.end'
  | 'emergency.findHere'
  | 'openings.active';

/** Who may see what, and the openings that need no network. */
export const rightsHandlers = (
  { reading, writing }: DeskCalls,
  announce: Announce,
): Pick<CallHandlers, RightsCalls> => ({
  'access.who': reading((desk, { caseId }) => whoSees(desk, caseId)),
  'access.preview': reading(previewAccess),
  'meetings.show': reading(showMeeting),
  'emergency.openHere': writing(openHere, ({ caseId }) => [caseId]),
  'emergency.end': reading((desk, { openingId }) => {
    const ended = endHere(desk, openingId);
    if (!ended.ok) return ended;
    announce('clients.changed', { caseIds: [...ended.value] });
    return ok({});
  }),
  'emergency.findHere': reading((desk, input) => findHere(desk, input.personalIdentityCode)),
  'openings.active': reading((desk) => {
    const rows = withReading(desk.db, (db) => activeOpenings(db, desk.now()));
    return rows.ok ? rows : err(storageProblem(rows.error));
  }),
});
