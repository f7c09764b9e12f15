import type { Id } from '#shared/domain/ids.ts';
import type { OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { findCase, findCaseId, type CaseNo } from '#main/db/queries/cases.ts';
import { noteErasure } from '#main/db/queries/erased-scope.ts';
import { addVersion } from '#main/db/queries/history.ts';
import {
  casesWithHistory,
  eraseHistory,
  historyScopes,
  newestDelivered,
  noteHistory,
  ownParts,
} from '#main/db/queries/history-scopes.ts';
import { atBorder, withTransaction, type ReadableDb, type WritableDb } from '#main/db/handles.ts';
import { forgetNames } from '#main/db/queries/names.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import type { RegionClient } from '../syncing/region-client.ts';

/** For so many clients history is kept here; of the others it is asked of the region when it is looked at. */
const mostClients = 1_000;

type Page = OnlineOutput<'history.client'>;

/** What one client's history still lacks: the parts, and where the next page begins. */
type Lacking = {
  readonly caseId: Id;
  readonly compartments: readonly string[];
  readonly after: number;
};

type Session = {
  readonly region: Pick<RegionClient, 'ask'>;
  readonly token: string;
  /** Asked before each page: sending and fetching what is new come first. */
  readonly mayGoOn: () => boolean;
};

export type HistoryFetch = {
  /** Something of these clients came: their history may have grown. */
  readonly note: (caseIds: readonly Id[]) => void;
  /**
   * Brings the history of one's own clients here, a page at a time, for as long as nothing better is to be
   * done. What is cut goes on from its last page (SPEC Y4).
   */
  readonly run: (
    session: Session & {
      /** All of a client's history is here, and there is more of it than before. */
      readonly onCame: (caseId: Id) => void;
    },
  ) => Promise<void>;
};

/** One of these belongs to one sync loop: what it has not seen yet it looks for in the case file. */
export const historyFetch = (desk: Pick<Desk, 'db' | 'now'>): HistoryFetch => {
  const { db } = desk;
  let due: Set<CaseNo> | null = null;

  const note: HistoryFetch['note'] = (caseIds) => {
    for (const caseId of caseIds) {
      const caseNo = findCase(db, caseId);
      if (caseNo !== undefined) due?.add(caseNo);
    }
  };

  const run: HistoryFetch['run'] = async ({ region, token, mayGoOn, onCame }) => {
    due ??= new Set(casesWithHistory(db));
    for (const caseNo of due) {
      const came = await fetchClient(desk, caseNo, { region, token, mayGoOn });
      if (came === 'stopped') return;
      due.delete(caseNo);
      const caseId = came === 'grown' ? findCaseId(db, caseNo) : undefined;
      if (caseId !== undefined) onCame(caseId);
    }
  };

  return { note, run };
};

/** All that one client's history lacks, page by page. `stopped`: the rest another time. */
const fetchClient = async (
  desk: Pick<Desk, 'db' | 'now'>,
  caseNo: CaseNo,
  { region, token, mayGoOn }: Session,
): Promise<'grown' | 'as-before' | 'stopped'> => {
  let grown = false;
  /** Asked to the end, or not answered: nothing is asked for ever. */
  const settled = new Set<string>();
  for (;;) {
    const lacking = lackingOf(desk, caseNo, settled);
    if (lacking === undefined) return grown ? 'grown' : 'as-before';
    if (!mayGoOn()) return 'stopped';
    const { caseId, compartments, after } = lacking;
    const page = await region.ask(token, 'history.client', {
      caseId,
      purpose: 'keep',
      compartments: [...compartments],
      after,
    });
    if (!page.ok) {
      const hidden = page.error.kind === 'refused' && page.error.code === 'no-access';
      if (!hidden) return 'stopped';
      for (const compartment of compartments) settled.add(compartment);
      continue;
    }
    if (!keepPage(desk, caseNo, page.value)) return 'stopped';
    grown ||= page.value.versions.length > 0;
    const answered = new Set(page.value.compartments);
    for (const compartment of compartments) {
      if (!page.value.more || !answered.has(compartment)) settled.add(compartment);
    }
  }
};

/**
 * What is to be asked of the region for a client; undefined when nothing is. What lies here of parts that
 * are no longer one's own goes.
 */
const lackingOf = (
  desk: Pick<Desk, 'db' | 'now'>,
  caseNo: CaseNo,
  settled: ReadonlySet<string>,
): Lacking | undefined => {
  const { db } = desk;
  const looked = atBorder(() => {
    const caseId = findCaseId(db, caseNo);
    if (caseId === undefined) return undefined;
    const wanted = ownParts(db, caseNo);
    const known = historyScopes(db, caseNo);
    const gone = known.filter(({ compartment }) => !wanted.includes(compartment));
    if (gone.length > 0) {
      const erased = withTransaction(db, () => {
        for (const { compartment } of gone) eraseHistory(db, caseNo, compartment);
        noteErasure(db, desk.now());
      });
      if (!erased.ok) return undefined;
    }
    if (wanted.length === 0 || (known.length === 0 && isFull(db))) return undefined;
    const open = wanted.filter((compartment) => !settled.has(compartment));
    const lacking = lackingParts(db, caseNo, open);
    return lacking && { caseId, ...lacking };
  });
  return looked.ok ? looked.value : undefined;
};

const isFull = (db: ReadableDb): boolean =>
  (db.value<number>('SELECT count(DISTINCT case_no) FROM history_scope') ?? 0) >= mostClients;

const lackingParts = (
  db: ReadableDb,
  caseNo: CaseNo,
  wanted: readonly string[],
): Omit<Lacking, 'caseId'> | undefined => {
  const known = new Map(historyScopes(db, caseNo).map((scope) => [scope.compartment, scope]));
  const behind = wanted.filter((compartment) => {
    const scope = known.get(compartment);
    return scope?.complete !== true || newestDelivered(db, caseNo, compartment) > scope.through;
  });
  if (behind.length === 0) return undefined;
  const places = behind.map((compartment) => known.get(compartment)?.through ?? 0);
  const after = Math.min(...places);
  // Parts that have come further are asked for when the others have caught up with them.
  const compartments = behind.filter((_, index) => places[index] === after);
  return { compartments, after };
};

/**
 * A page and how far it has come are one transaction. Parts that have left or ended while it was under way
 * take nothing in.
 * @returns false when it could not be kept, or belongs to another epoch
 */
const keepPage = ({ db }: Pick<Desk, 'db'>, caseNo: CaseNo, page: Page): boolean => {
  const kept = withTransaction(db, () => {
    if (readState(db, 'epoch') !== page.epoch) return false;
    const wanted = new Set(ownParts(db, caseNo));
    const answered = page.compartments.filter((compartment) => wanted.has(compartment));
    writePage(db, caseNo, { ...page, compartments: answered });
    return true;
  });
  if (!kept.ok) forgetNames(db);
  return kept.ok && kept.value;
};

const writePage = (db: WritableDb, caseNo: CaseNo, page: Page): void => {
  const compartments = new Set(page.compartments);
  for (const version of page.versions) {
    if (compartments.has(version.change.compartment)) addVersion(db, caseNo, version);
  }
  for (const compartment of compartments) {
    noteHistory(db, caseNo, {
      compartment,
      through: page.through,
      complete: !page.more,
      knownMs: page.more ? 0 : page.atMs,
    });
  }
};
