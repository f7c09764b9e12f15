import type { Id } from '#shared/domain/ids.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { Reader } from '../../db/pool.ts';
import { readConcerned } from '../rights/candidates.ts';
import { readAccessOfMany } from '../rights/read-access.ts';
import { scopeGrants } from '../rights/scope-grants.ts';

type Ear = { readonly personId: Id; readonly deviceId: Id };
type Span = { readonly after: number; readonly upTo: number };

/**
 * Which of the listening devices the new part of the log concerns: those that hold something of what was
 * written, unless they wrote it all themselves, and those whose next pull would give or take something,
 * or tell another ground. Nobody hears of what they may not see (SPEC P9).
 */
export const concernedByLog = async (
  db: Reader,
  listeners: readonly Ear[],
  span: Span,
  nowMs: number,
): Promise<ReadonlySet<Id>> => {
  const devices = new Map(listeners.map((ear) => [ear.deviceId, ear.personId]));
  if (devices.size === 0) return new Set();
  const holding = await readHolding(db, [...devices.keys()], span);
  const moved = await readMoved(db, devices, span, nowMs);
  return new Set([...holding, ...moved]);
};

const readHolding = async (
  db: Reader,
  deviceIds: readonly Id[],
  { after, upTo }: Span,
): Promise<readonly Id[]> => {
  const rows = await db.query<{ deviceId: Id }>(
    `SELECT DISTINCT held.device_id AS "deviceId"
     FROM (SELECT DISTINCT case_id, compartment, device_id FROM change_log
           WHERE seq > $1 AND seq <= $2) AS written
     JOIN device_scope AS held USING (case_id, compartment)
     WHERE held.device_id = ANY($3::uuid[]) AND held.state <> 'leaving'
       AND written.device_id IS DISTINCT FROM held.device_id`,
    [after, upTo, deviceIds],
  );
  return rows.map(({ deviceId }) => deviceId);
};

/** Devices whose scope a comparison with rights would change, of those whom changed rights may concern. */
const readMoved = async (
  db: Reader,
  devices: ReadonlyMap<Id, Id>,
  span: Span,
  nowMs: number,
): Promise<readonly Id[]> => {
  const personIds = [...new Set(devices.values())];
  const concerns = await readConcerned(
    db,
    { personIds, deviceIds: [...devices.keys()] },
    span,
    nowMs,
  );
  if (concerns.length === 0) return [];
  const people = [...new Set(concerns.map(({ personId }) => personId))];
  const caseIds = [...new Set(concerns.map(({ caseId }) => caseId))];
  const access = await readAccessOfMany(db, people, caseIds, nowMs);
  const due = new Map(
    [...Map.groupBy(concerns, ({ personId }) => personId)].map(([personId, of]) => [
      personId,
      of.flatMap(({ caseId }) => scopeGrants(caseId, access(personId, caseId))),
    ]),
  );
  const concerned = [...devices].filter(([, personId]) => due.has(personId));
  const scopes = await readScopes(
    db,
    concerned.map(([deviceId]) => deviceId),
    caseIds,
  );
  return concerned.flatMap(([deviceId, personId]) =>
    differs(due.get(personId) ?? [], scopes.get(deviceId) ?? []) ? [deviceId] : [],
  );
};

type Held = {
  readonly deviceId: Id;
  readonly caseId: Id;
  readonly compartment: string;
  readonly leaving: boolean;
  readonly grant: Grant | null;
};

const readScopes = async (
  db: Reader,
  deviceIds: readonly Id[],
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly Held[]>> => {
  const rows = await db.query<Held>(
    `SELECT device_id AS "deviceId", case_id AS "caseId", compartment, state = 'leaving' AS leaving,
            grant_value AS "grant"
     FROM device_scope WHERE device_id = ANY($1::uuid[]) AND case_id = ANY($2::uuid[])`,
    [deviceIds, caseIds],
  );
  return Map.groupBy(rows, ({ deviceId }) => deviceId);
};

const differs = (due: readonly Grant[], held: readonly Held[]): boolean => {
  const keyOf = (scope: Pick<Grant, 'caseId' | 'compartment'>): string =>
    `${scope.caseId} ${scope.compartment}`;
  const byKey = new Map(held.map((scope) => [keyOf(scope), scope]));
  const granted = new Set(due.map(keyOf));
  return (
    due.some((grant) => {
      const scope = byKey.get(keyOf(grant));
      // One that leaves is told by the pull that answers its erasing (P5).
      return scope ? !scope.leaving && !sameGrant(scope.grant, grant) : true;
    }) || held.some((scope) => !scope.leaving && !granted.has(keyOf(scope)))
  );
};

const sameGrant = (a: Grant | null, b: Grant): boolean =>
  a !== null && canonicalJson(a) === canonicalJson(b);
