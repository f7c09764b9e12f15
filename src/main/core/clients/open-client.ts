import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { RecordView } from '#shared/contract/views.ts';
import { contactDetails } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { sectionOfKind } from '#shared/domain/records/sections.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { findHeldCase } from '#main/db/queries/changes.ts';
import { withReading, type ReadableDb } from '#main/db/handles.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';
import { readCaseView } from '../records/case-view.ts';
import { looksAt } from '../rights/looks.ts';
import { openParts } from '../rights/open-parts.ts';
import { noteUse, type NewUse } from '../use/note-use.ts';

type View = CallOutput<'clients.open'>;

/** How long uncovered contact details stay uncovered for the person who asked. */
const revealedForMs = 15 * 60_000;

/** Until when whose contact details are uncovered; a desk that is locked forgets it. */
const revealedAt = new WeakMap<Desk, Map<Id, number>>();

/** Whether the person has asked for the client's contact details a moment ago. */
export const isRevealed = (desk: Desk, caseId: Id): boolean =>
  (revealedAt.get(desk)?.get(caseId) ?? 0) > desk.now();

/** Reads on one picture of the case file what is open of a client. */
export const readOpen = <T>(
  desk: Desk,
  caseId: Id,
  read: (db: ReadableDb, caseNo: CaseNo, parts: readonly HeldGrant[]) => Result<T, Problem>,
): Result<T, Problem> => {
  const done = withReading<Result<T, Problem>>(desk.db, (db) => {
    const caseNo = findHeldCase(db, caseId);
    if (caseNo === undefined) return err({ code: 'not-on-this-device' });
    const parts = openParts(db, caseNo, desk.now());
    return parts.length === 0 ? err({ code: 'no-access' }) : read(db, caseNo, parts);
  });
  return done.ok ? done.value : err(storageProblem(done.error));
};

/** The client, once the look stands in the log: what cannot be logged is not shown. */
export const openClient = (
  desk: Desk,
  caseId: Id,
  from: 'list' | 'search',
): Result<View, Problem> => {
  const contactRevealed = isRevealed(desk, caseId);
  const view = readOpen(desk, caseId, (db, caseNo, parts) =>
    ok(readCaseView(db, caseId, caseNo, { parts, contactRevealed })),
  );
  if (!view.ok) return view;
  const action = from === 'search' ? 'search-hit' : 'view';
  const logged = noteUse(
    desk,
    looksAt(action, caseId, seenParts(view.value), { screen: 'client' }),
  );
  return logged.ok ? view : logged;
};

/** Parts of which the view holds something; contact details that are covered have not been seen. */
const seenParts = ({ access, records, contactCovered }: View): readonly HeldGrant[] => {
  const shown = new Set(records.map((record: RecordView) => record.compartment));
  return access.parts.filter(
    ({ compartment }) =>
      shown.has(compartment) && !(contactCovered && compartment === contactDetails),
  );
};

/** Uncovers contact details for a while; the log is told first. */
export const revealContact = (desk: Desk, caseId: Id): Result<View, Problem> => {
  const view = readOpen(desk, caseId, (db, caseNo, parts) =>
    ok(readCaseView(db, caseId, caseNo, { parts, contactRevealed: true })),
  );
  if (!view.ok) return view;
  const contact = view.value.access.parts.filter(
    ({ compartment }) => compartment === contactDetails,
  );
  if (contact.length === 0) return err({ code: 'no-access' });
  const logged = noteUse(desk, looksAt('reveal', caseId, contact, { screen: 'contact' }));
  if (!logged.ok) return logged;
  const revealed = revealedAt.get(desk) ?? new Map<Id, number>();
  revealed.set(caseId, desk.now() + revealedForMs);
  revealedAt.set(desk, revealed);
  return view;
};

/** A print or an export stands in the log before it is made: of what the screen may show now. */
export const notePrint = (
  desk: Desk,
  { caseId, action, screen }: CallArguments<'uses.note'>,
): Result<Record<string, never>, Problem> => {
  const contactRevealed = isRevealed(desk, caseId);
  const view = readOpen(desk, caseId, (db, caseNo, parts) =>
    ok(readCaseView(db, caseId, caseNo, { parts, contactRevealed })),
  );
  const logged =
    !view.ok && screen === clientLogScreen && desk.person.duties.includes('privacy-officer')
      ? noteUse(desk, [officersPrint(action, caseId)])
      : view.ok
        ? noteUse(desk, looksAt(action, caseId, seenParts(printed(view.value, screen)), { screen }))
        : view;
  return logged.ok ? ok({}) : logged;
};

/** A plan and the minutes of a meeting hold the plan alone: notes and visits that lie here were not printed. */
const printed = (view: View, screen: string): View =>
  planScreens.has(screen)
    ? { ...view, records: view.records.filter(({ kind }) => sectionOfKind(kind) === 'plan') }
    : view;

const planScreens: ReadonlySet<string> = new Set(['plan', 'minutes']);
const clientLogScreen = 'client-log';

/** The privacy officer prints the log of clients who are not on this device (703/2023 11 §). */
const officersPrint = (action: 'print' | 'export', caseId: Id): NewUse => ({
  action,
  role: 'privacy-officer',
  caseId,
  register: 'joint',
  compartments: [],
  what: { screen: clientLogScreen },
  ground: 'duty',
  basisId: null,
});
