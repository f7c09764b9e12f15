import type { ClientFacts } from '#shared/domain/access/facts.ts';
import { byPermissionKind, type PermissionFact } from '#shared/domain/access/permission-facts.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readAliasGroups } from './aliases.ts';
import { readTeams } from './team.ts';

/** A client with all on which rights to it depend, aliases joined. */
export type KnownClient = {
  /** The client's own unit; those of its aliases stand in `unitIds`. */
  readonly facts: ClientFacts;
  /** The units of the client and of its aliases, the client's own first. */
  readonly unitIds: readonly Id[];
  /** The client and its aliases. */
  readonly group: readonly Id[];
  /** In which the client has anything. */
  readonly compartments: readonly Compartment[];
};

type Standing = {
  readonly caseId: Id;
  readonly unitId: Id | null;
  readonly restraint: boolean;
};

/**
 * What is known of the clients, for each of the given, also those that do not exist. Five questions,
 * however many clients.
 */
export const readClients = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, KnownClient>> => {
  const groups = await readAliasGroups(db, caseIds);
  const everyone = [...new Set([...groups.values()].flat())];
  const teams = await readTeams(db, everyone);
  const permissions = await readPermissions(db, everyone);
  const standings = await readStandings(db, everyone);
  const compartments = await readCompartments(db, caseIds);
  return new Map(
    caseIds.map((caseId) => {
      const group = groups.get(caseId) ?? [caseId];
      const own = standings.get(caseId);
      const all = group.flatMap((member) => standings.get(member) ?? []);
      const unitIds = [own, ...all].flatMap((standing) => standing?.unitId ?? []);
      const facts: ClientFacts = {
        caseId,
        unitId: own?.unitId ?? null,
        restraintOnDisclosure: all.some((standing) => standing.restraint),
        team: joined(group, teams),
        ...byPermissionKind(joined(group, permissions)),
      };
      return [
        caseId,
        {
          facts,
          unitIds: [...new Set(unitIds)],
          group,
          compartments: compartments.get(caseId) ?? [],
        },
      ];
    }),
  );
};

/** What the clients of a group have together; the usual client stands alone. */
const joined = <T>(group: readonly Id[], byCase: ReadonlyMap<Id, readonly T[]>): readonly T[] =>
  group.flatMap((member) => byCase.get(member) ?? []);

const readPermissions = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly PermissionFact[]>> => {
  const rows = await db.query<{ caseId: Id; fact: PermissionFact }>(
    `SELECT case_id AS "caseId", fact FROM permission_fact
     WHERE case_id = ANY($1::uuid[]) ORDER BY record_id, place`,
    [caseIds],
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.caseId)].map(([caseId, of]) => [
      caseId,
      of.map(({ fact }) => fact),
    ]),
  );
};

const readStandings = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, Standing>> => {
  const rows = await db.query<Standing>(
    `SELECT case_id AS "caseId", unit_id AS "unitId", restraint
     FROM client_standing WHERE case_id = ANY($1::uuid[])`,
    [caseIds],
  );
  return new Map(rows.map((row) => [row.caseId, row]));
};

const readCompartments = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly Compartment[]>> => {
  const rows = await db.query<{ caseId: Id; compartments: readonly Compartment[] }>(
    `SELECT case_id AS "caseId", array_agg(compartment ORDER BY compartment) AS compartments
     FROM case_compartment WHERE case_id = ANY($1::uuid[]) GROUP BY case_id`,
    [caseIds],
  );
  return new Map(rows.map((row) => [row.caseId, row.compartments]));
};
