import type { CallArguments, CallOutput } from '#shared/contract/calls.ts';
import type { CallHandlers } from '#shared/contract/transport.ts';
import { finnishDayEnd } from '#shared/domain/civil-date.ts';
import { contactDetails } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readRecord } from '#main/db/queries/changes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { isRevealed, readOpen } from '../clients/open-client.ts';
import type { Desk } from '../desk.ts';
import type { Answer, DeskCalls } from '../desk-calls.ts';
import { looksAt } from '../rights/looks.ts';
import { noteUse, type NewUse } from '../use/note-use.ts';
import { viewAsOf } from './as-of.ts';
import { askClientHistory, askGroupHistory, type AtRegion } from './ask-region.ts';
import {
  isCovered,
  partsElsewhere,
  readHistory,
  type FetchedHistory,
  type KnownHistory,
} from './known-history.ts';
import { groupVersions, timelinePage } from './timeline.ts';

type HistoryCall = 'history.group' | 'history.client' | 'history.asOf';
type Told = Pick<CallOutput<HistoryCall>, 'source' | 'missing'>;
type OfClient = { readonly caseId: Id };

/** What a look at a client's history is about. */
type Aim = {
  /** The open parts that it looks at. */
  readonly parts: readonly HeldGrant[];
  /** As the log of use tells it. */
  readonly what: NewUse['what'];
  /** Asks the region for those whose history does not lie here. */
  readonly ask: (at: AtRegion, compartments: readonly string[]) => Promise<Answer<FetchedHistory>>;
};

/** One way of looking: what it is about, and what it shows. */
type Look<I extends OfClient, T> = {
  readonly aim: (
    db: ReadableDb,
    caseNo: CaseNo,
    parts: readonly HeldGrant[],
    input: I,
  ) => Answer<Aim>;
  readonly show: (desk: Desk, db: ReadableDb, history: KnownHistory, input: I) => Answer<T>;
};

/**
 * History, from what lies here and, for the rest, from the region (SPEC Y4). What may be shown is decided
 * when it is shown, not when it is asked for; the look is logged before its answer, offline too (Y2).
 */
export const historyHandlers = (
  { reading }: DeskCalls,
  current: () => AtRegion | null,
): Pick<CallHandlers, HistoryCall> => {
  const looking = <I extends OfClient, T>(look: Look<I, T>) => {
    const lacking = reading((desk, input: I) =>
      readOpen(desk, input.caseId, (db, caseNo, parts) => {
        const aim = look.aim(db, caseNo, parts, input);
        if (!aim.ok) return aim;
        const elsewhere = partsElsewhere(db, caseNo, aim.value.parts);
        return ok({ desk, aim: aim.value, elsewhere });
      }),
    );

    const shown = reading(
      (desk, { input, fetched }: { readonly input: I; readonly fetched: FetchedHistory | null }) =>
        show(desk, look, input, fetched),
    );

    return async (input: I): Promise<Answer<T & Told>> => {
      const first = await lacking(input);
      if (!first.ok) return first;
      const { desk, aim, elsewhere } = first.value;
      if (elsewhere.length === 0) return shown({ input, fetched: null });
      const at = current();
      if (at?.desk !== desk) return err({ code: 'locked' });
      const asked = await aim.ask(at, elsewhere);
      // Whoever asked may have locked the desk meanwhile: the answer is not for who comes next.
      if (current()?.desk !== desk) return err({ code: 'locked' });
      if (!asked.ok && elsewhere.length === aim.parts.length) return asked;
      return shown({ input, fetched: asked.ok ? asked.value : null });
    };
  };

  return {
    'history.group': looking(groupLook),
    'history.client': looking(timelineLook),
    'history.asOf': looking(dayLook),
  };
};

const show = <I extends OfClient, T>(
  desk: Desk,
  look: Look<I, T>,
  input: I,
  fetched: FetchedHistory | null,
): Answer<T & Told> => {
  const { caseId } = input;
  const contactRevealed = isRevealed(desk, caseId);
  const read = readOpen(desk, caseId, (db, caseNo, parts) => {
    const aim = look.aim(db, caseNo, parts, input);
    if (!aim.ok) return aim;
    const asked = { fetched, contactRevealed };
    const history = readHistory(db, caseId, caseNo, aim.value.parts, asked);
    const answer = look.show(desk, db, history, input);
    return answer.ok ? ok({ history, answer: answer.value, what: aim.value.what }) : answer;
  });
  if (!read.ok) return read;
  const { history, answer, what } = read.value;
  const logged = noteUse(desk, looksAt('history', caseId, unloggedParts(history), what));
  if (!logged.ok) return logged;
  const source = history.fetched === null ? 'here' : 'region';
  return ok({ ...answer, source, missing: [...history.missing] });
};

/** What the region has just told stands in its own log; contact details that are covered have not been seen. */
const unloggedParts = ({ parts, here, fetched, contactCovered }: KnownHistory) =>
  parts.filter(
    ({ compartment }) =>
      (here.has(compartment) ||
        (fetched?.again === true && fetched.compartments.has(compartment))) &&
      !(contactCovered && compartment === contactDetails),
  );

const groupLook: Look<
  CallArguments<'history.group'>,
  Omit<CallOutput<'history.group'>, keyof Told>
> = {
  aim: (db, caseNo, parts, input) => {
    const { caseId, recordId, group } = input;
    const shape = readRecord(db, caseNo, recordId)[0]?.shape;
    const own = parts.filter(({ compartment }) => compartment === shape?.compartment);
    if (shape === undefined || own.length === 0) return err({ code: 'no-access' });
    const { kind, compartment } = shape;
    return ok({
      parts: own,
      what: { records: [{ id: recordId, kind, group }] },
      ask: (at) => askGroupHistory(at, { caseId, recordId }, { kind, compartment, group }),
    });
  },
  show: (_desk, db, history, input) => {
    const { contactCovered } = history;
    const versions = groupVersions(db, history, input);
    const isHidden = versions.some(({ kind }) => isCovered(history, kind));
    return ok({ versions: isHidden ? [] : versions, contactCovered });
  },
};

const timelineLook: Look<
  CallArguments<'history.client'>,
  Omit<CallOutput<'history.client'>, keyof Told>
> = {
  aim: (_db, _caseNo, parts, { caseId }) =>
    ok({
      parts,
      what: { screen: 'history' },
      ask: (at, compartments) => askClientHistory(at, caseId, compartments),
    }),
  show: (desk, db, history, input) => {
    const { contactCovered } = history;
    return ok({ ...timelinePage(db, history, input, desk.now()), contactCovered });
  },
};

const dayLook: Look<CallArguments<'history.asOf'>, Omit<CallOutput<'history.asOf'>, keyof Told>> = {
  aim: (_db, _caseNo, parts, { caseId }) =>
    ok({
      parts,
      what: { screen: 'as-of' },
      ask: (at, compartments) => askClientHistory(at, caseId, compartments),
    }),
  show: (desk, db, history, { date }) =>
    ok(
      viewAsOf(db, history, {
        endMs: finnishDayEnd(date),
        nowMs: desk.now(),
        lastCompletePull: readState(db, 'lastCompletePull'),
      }),
    ),
};
