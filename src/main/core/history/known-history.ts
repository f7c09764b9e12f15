import { contactDetails } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readRecord } from '#main/db/queries/changes.ts';
import { versionsBeyondHistory, type KnownVersion } from '#main/db/queries/history.ts';
import { historyScopes } from '#main/db/queries/history-scopes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { scopesOfCase, type HeldGrant } from '#main/db/queries/scopes.ts';
import { isRestrained } from '../records/case-view.ts';

/** What the region told of a client's history, to be shown and forgotten. */
export type FetchedHistory = {
  readonly caseId: Id;
  readonly compartments: ReadonlySet<string>;
  /** The newest first. */
  readonly versions: readonly KnownVersion[];
  /** The region's clock when it told: milliseconds since 1970, UTC. */
  readonly atMs: number;
  /** Told a moment ago for another look: the region's log of use does not know of this one. */
  readonly again: boolean;
};

/** All that is known at this desk of the history of a client's open parts. */
export type KnownHistory = {
  readonly caseId: Id;
  readonly caseNo: CaseNo;
  readonly parts: readonly HeldGrant[];
  /** Open parts whose history lies here whole. */
  readonly here: ReadonlySet<string>;
  /** Until when it does, by the region's clock: milliseconds since 1970, UTC. */
  readonly hereUntilMs: number;
  readonly fetched: FetchedHistory | null;
  /** What lies here beyond both: own writing that waits, then what pulls have just brought, the newest first. */
  readonly beyond: readonly KnownVersion[];
  /** Open parts of which neither is known. */
  readonly missing: readonly string[];
  /** Whether contact details are covered by a restraint on disclosure (703/2023 38 §), and asked for. */
  readonly contactCovered: boolean;
  readonly contactRevealed: boolean;
};

/** Open parts whose history must be asked of the region. One that has not entered holds own writing alone. */
export const partsElsewhere = (
  db: ReadableDb,
  caseNo: CaseNo,
  parts: readonly HeldGrant[],
): readonly string[] => {
  const entered = new Set(
    scopesOfCase(db, caseNo).flatMap((scope) => (scope.entered ? [scope.compartment] : [])),
  );
  const here = new Set(
    historyScopes(db, caseNo).flatMap((scope) => (scope.complete ? [scope.compartment] : [])),
  );
  return parts
    .map(({ compartment }) => compartment)
    .filter((compartment) => entered.has(compartment) && !here.has(compartment));
};

type Asked = {
  readonly fetched: FetchedHistory | null;
  readonly contactRevealed: boolean;
};

/** Puts together what lies here and what the region told, of the parts that are open at this moment. */
export const readHistory = (
  db: ReadableDb,
  caseId: Id,
  caseNo: CaseNo,
  parts: readonly HeldGrant[],
  { fetched, contactRevealed }: Asked,
): KnownHistory => {
  const elsewhere = new Set(partsElsewhere(db, caseNo, parts));
  const open = new Set(parts.map(({ compartment }) => compartment));
  const here = new Set([...open].filter((part) => !elsewhere.has(part)));
  const ofRegion = narrowed(fetched, elsewhere);
  const missing = [...elsewhere].filter((part) => ofRegion?.compartments.has(part) !== true);
  const contactCovered =
    !contactRevealed && open.has(contactDetails) && isRestrained(readRecord(db, caseNo, caseId));
  const known = new Set(ofRegion?.versions.map(({ id }) => id));
  return {
    caseId,
    caseNo,
    parts,
    here,
    hereUntilMs: Math.min(
      ...historyScopes(db, caseNo).flatMap((scope) =>
        here.has(scope.compartment) ? [scope.knownMs] : [],
      ),
    ),
    fetched: ofRegion,
    beyond: versionsBeyondHistory(db, caseNo)
      .filter(({ id, seq, shape }) => {
        // Of a part that is missing, what lies here is no history: only that which waits is told.
        const isKnown = seq === null || !missing.includes(shape.compartment);
        return open.has(shape.compartment) && isKnown && !known.has(id);
      })
      .toSorted(newestFirst),
    missing,
    contactCovered,
    contactRevealed,
  };
};

const narrowed = (
  fetched: FetchedHistory | null,
  elsewhere: ReadonlySet<string>,
): FetchedHistory | null =>
  fetched && {
    ...fetched,
    compartments: new Set([...elsewhere].filter((part) => fetched.compartments.has(part))),
    versions: fetched.versions.filter(({ shape }) => elsewhere.has(shape.compartment)),
  };

const newestFirst = (a: KnownVersion, b: KnownVersion): number =>
  (b.seq ?? Infinity) === (a.seq ?? Infinity)
    ? b.timeMs - a.timeMs
    : (b.seq ?? Infinity) - (a.seq ?? Infinity);

/** Contact details are left out of what is shown while they are covered. */
export const isCovered = (history: KnownHistory, kind: string): boolean =>
  history.contactCovered && kind === 'contact';
