import type { z } from 'zod';
import type { Id } from '#shared/domain/ids.ts';
import { grantSchema, type Grant } from '#shared/protocol/grant.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes } from '../id-bytes.ts';

/** One client's part in one compartment, as this case file holds it. */
export type HeldScope = { readonly caseNo: CaseNo; readonly compartment: string };

/** Why the part is held; the client is the scope's own. */
const heldGrant = grantSchema.omit({ caseId: true });
export type HeldGrant = Readonly<z.infer<typeof heldGrant>>;

export const asHeldGrant = ({ caseId: _client, ...grant }: Grant): HeldGrant => grant;

export type Scope = HeldScope & {
  readonly entered: boolean;
  /** Null while only own writing is here, or before the region's first word. */
  readonly grant: HeldGrant | null;
  /** Not open: lists, search and conflicts are worked out without it. */
  readonly closed: boolean;
};

type ScopeRow = {
  compartment: string;
  entered: number;
  grant_value: string | null;
  closed: number;
};

export const scopesOfCase = (db: ReadableDb, caseNo: CaseNo): readonly Scope[] =>
  db
    .all<ScopeRow>(
      'SELECT compartment, entered, grant_value, closed FROM scope WHERE case_no = ?',
      [caseNo],
    )
    .map((row) => ({
      caseNo,
      compartment: row.compartment,
      entered: row.entered !== 0,
      grant: row.grant_value === null ? null : heldGrant.parse(JSON.parse(row.grant_value)),
      closed: row.closed !== 0,
    }));

/** The parts of a client that are left out of everything shown. Mostly none. */
export const closedCompartments = (db: ReadableDb, caseNo: CaseNo): ReadonlySet<string> =>
  new Set(
    db
      .all<{ compartment: string }>(
        'SELECT compartment FROM scope WHERE case_no = ? AND closed = 1',
        [caseNo],
      )
      .map((row) => row.compartment),
  );

export const holdsScope = (db: ReadableDb, scope: HeldScope): boolean =>
  db.value<number>('SELECT 1 FROM scope WHERE case_no = ? AND compartment = ?', [
    scope.caseNo,
    scope.compartment,
  ]) === 1;

export const holdsAnyScope = (db: ReadableDb, caseNo: CaseNo): boolean =>
  db.value<number>('SELECT 1 FROM scope WHERE case_no = ? LIMIT 1', [caseNo]) === 1;

/**
 * Notes that something of a scope is here, if nothing was before. What somebody else wrote stays closed
 * until the region has said why it is here.
 */
export const noteHeld = (db: WritableDb, scope: HeldScope, closed: boolean): void => {
  db.run(
    `INSERT INTO scope (case_no, compartment, entered, closed) VALUES (?, ?, 0, ?)
     ON CONFLICT DO NOTHING`,
    [scope.caseNo, scope.compartment, closed ? 1 : 0],
  );
};

/** Whether all of it has come. */
export const hasEntered = (db: ReadableDb, { caseNo, compartment }: HeldScope): boolean =>
  db.value('SELECT 1 FROM scope WHERE case_no = ? AND compartment = ? AND entered = 1', [
    caseNo,
    compartment,
  ]) !== undefined;

export const noteEntered = (db: WritableDb, scope: HeldScope): void => {
  db.run(
    `INSERT INTO scope (case_no, compartment, entered, closed) VALUES (?, ?, 1, 1)
     ON CONFLICT DO UPDATE SET entered = 1`,
    [scope.caseNo, scope.compartment],
  );
};

/** Notes why a part is held. Says whether a part that was here has opened or closed by it. */
export const noteGrant = (
  db: WritableDb,
  caseNo: CaseNo,
  grant: HeldGrant,
  closed: boolean,
): { readonly altered: boolean } => {
  const { compartment } = grant;
  const before = db.value<number>(
    'SELECT closed FROM scope WHERE case_no = ? AND compartment = ?',
    [caseNo, compartment],
  );
  db.run(
    `INSERT INTO scope (case_no, compartment, entered, grant_value, until_ms, closed)
     VALUES (?, ?, 0, ?, ?, ?)
     ON CONFLICT DO UPDATE SET grant_value = excluded.grant_value, until_ms = excluded.until_ms,
       closed = excluded.closed`,
    [caseNo, compartment, JSON.stringify(grant), grant.untilMs, closed ? 1 : 0],
  );
  return { altered: before !== undefined && (before !== 0) !== closed };
};

export const setClosed = (db: WritableDb, scope: HeldScope, closed: boolean): void => {
  db.run('UPDATE scope SET closed = ? WHERE case_no = ? AND compartment = ?', [
    closed ? 1 : 0,
    scope.caseNo,
    scope.compartment,
  ]);
};

/** Own writing of which the region has said nothing yet opens and closes with the joint plan. */
export const setUngrantedClosed = (db: WritableDb, caseNo: CaseNo, closed: boolean): void => {
  db.run(
    `UPDATE scope SET closed = :closed
     WHERE case_no = :caseNo AND grant_value IS NULL AND entered = 0
       AND NOT EXISTS (
         SELECT 1 FROM change c JOIN shape s ON s.shape_no = c.shape_no
         WHERE c.case_no = :caseNo AND s.compartment = scope.compartment AND c.delivered = 1)`,
    { closed: closed ? 1 : 0, caseNo },
  );
};

/** When the next open part ends by the clock, milliseconds since 1970, UTC; null when none has an end. */
export const nextEnd = (db: ReadableDb): number | null =>
  db.value<number>('SELECT min(until_ms) FROM scope WHERE until_ms IS NOT NULL AND closed = 0') ??
  null;

/** Open parts whose end has come. */
export const endedScopes = (db: ReadableDb, nowMs: number): readonly HeldScope[] =>
  db.all<HeldScope>(
    `SELECT case_no AS caseNo, compartment FROM scope
     WHERE until_ms IS NOT NULL AND closed = 0 AND until_ms <= ?`,
    [nowMs],
  );

/** Ends, at a moment, what rests on one opening. Answers the clients it was about. */
export const endGrantsOf = (db: WritableDb, basisId: Id, nowMs: number): readonly CaseNo[] =>
  db
    .returning<{ case_no: number }>(
      `UPDATE scope SET until_ms = ?, grant_value = json_set(grant_value, '$.untilMs', ?)
       WHERE grant_value IS NOT NULL AND json_extract(grant_value, '$.basisId') = ?
         AND (until_ms IS NULL OR until_ms > ?)
       RETURNING case_no`,
      [nowMs, nowMs, basisId, nowMs],
    )
    .map((row) => row.case_no);

export type OpeningGrant = {
  readonly caseId: Id;
  readonly caseNo: CaseNo;
  readonly grant: HeldGrant;
};

/** Open parts that rest on an opening: on a ground, in an emergency, or by confirmation. */
export const openingGrants = (db: ReadableDb, nowMs: number): readonly OpeningGrant[] =>
  db
    .all<{ case_id: Buffer; case_no: number; grant_value: string }>(
      `SELECT k.case_id, o.case_no, o.grant_value FROM scope o
       JOIN client_case k ON k.case_no = o.case_no
       WHERE o.closed = 0 AND o.until_ms IS NOT NULL AND o.until_ms > ?
         AND (json_extract(o.grant_value, '$.relation') IN ('opening', 'emergency')
           OR json_extract(o.grant_value, '$.basis') = 'confirmation')`,
      [nowMs],
    )
    .map((row) => ({
      caseId: idFromBytes(row.case_id),
      caseNo: row.case_no,
      grant: heldGrant.parse(JSON.parse(row.grant_value)),
    }));

export const forgetScope = (db: WritableDb, scope: HeldScope): void => {
  db.run('DELETE FROM scope WHERE case_no = ? AND compartment = ?', [
    scope.caseNo,
    scope.compartment,
  ]);
};

/** Scopes of which something is here, that have not entered and that no own change waits for (SPEC P6). */
export const strayScopes = (db: ReadableDb): readonly HeldScope[] =>
  db.all<HeldScope>(
    `SELECT case_no AS caseNo, compartment FROM scope
     WHERE entered = 0 AND NOT EXISTS (
       SELECT 1 FROM outbox WHERE case_no = scope.case_no AND refused IS NULL)`,
  );

export const forgetScopes = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM scope WHERE case_no = ?', [caseNo]);
};
