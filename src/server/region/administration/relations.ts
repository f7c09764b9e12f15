import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { schemaToWrite } from '#shared/sync/versions.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import { findPerson } from '../directory.ts';
import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { lockCases } from '../syncing/append.ts';
import { storeOwnChanges } from '../syncing/store-changes.ts';
import { writeUse } from '../use-log/write-use.ts';
import { likePattern, logAdministration, notAcceptable } from './answers.ts';

type Row = OnlineOutput<'relations.list'>['rows'][number];

/** A person's relations to clients, by name; nothing else of the clients. */
export const listRelations = async (
  asker: Asker,
  input: OnlineInput<'relations.list'>,
): Promise<Result<OnlineOutput<'relations.list'>, OnlineRefusal>> => {
  const rows = await asker.db.query<Row & { readonly total: number }>(
    `SELECT membership_id AS "membershipId", case_id AS "caseId",
       trim(family_name || ' ' || given_names) AS "clientName", person_id AS "personId", role,
       valid_from AS "validFrom", valid_to AS "validTo", count(*) OVER () AS total
     FROM membership_current JOIN client_standing USING (case_id)
     WHERE person_id = $1 AND (NOT $2 OR valid_to IS NULL OR valid_to >= $3)
       AND (family_name || ' ' || given_names) ILIKE $4
     ORDER BY family_name, given_names, membership_id LIMIT $5 OFFSET $6`,
    [
      input.personId,
      input.onlyCurrent,
      finnishDate(asker.now().getTime()),
      likePattern(input.search),
      input.limit,
      input.offset,
    ],
  );
  return ok({ total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) });
};

type Grant = Change['value'] & { readonly validFrom: string; readonly validTo: string | null };
type Head = {
  readonly recordId: Id;
  readonly caseId: Id;
  readonly changeId: Id;
  readonly value: Grant;
};

const readGrants = (
  tx: Transaction,
  personId: Id,
  membershipIds: readonly Id[] | null,
): Promise<readonly Head[]> =>
  tx.query<Head>(
    `SELECT head.record_id AS "recordId", head.case_id AS "caseId", head.change_id AS "changeId",
       log.value
     FROM membership_current AS member
     JOIN head ON head.case_id = member.case_id AND head.record_id = member.membership_id
       AND head.grp = 'grant'
     JOIN change_log AS log ON log.case_id = head.case_id AND log.change_id = head.change_id
     WHERE member.person_id = $1 AND ($2::uuid[] IS NULL OR member.membership_id = ANY($2::uuid[]))
     ORDER BY head.record_id`,
    [personId, membershipIds],
  );

/** Why a relation cannot be ended on the day, or null. */
const problemOf = (heads: readonly Head[], lastDay: string): string | null => {
  const [head] = heads;
  if (heads.length !== 1 || !head) return 'conflict';
  const { validFrom, validTo } = head.value;
  if (validTo !== null && validTo <= lastDay) return 'already-ended';
  return validFrom > lastDay ? 'not-begun' : null;
};

/**
 * Ends many relations of a person, or moves them to another, in one transaction. Each is an ordinary
 * change of the client's plan, by the administrator, replacing the version that stood.
 */
export const changeRelations = async (
  asker: Asker,
  input: OnlineInput<'relations.change'>,
): Promise<Result<OnlineOutput<'relations.change'>, OnlineRefusal>> => {
  const toPerson = await takerOf(asker, input);
  if (!toPerson.ok) return toPerson;
  return withTransaction(asker.db, async (tx) => {
    const heads = await readGrants(tx, input.personId, input.membershipIds);
    await lockCases(
      tx,
      heads.map(({ caseId }) => caseId),
    );
    // Read again: what stood before the locks may have been replaced.
    const locked = await readGrants(tx, input.personId, input.membershipIds);
    const left = new Map<string, number>();
    const due: Head[] = [];
    for (const group of Map.groupBy(locked, ({ recordId }) => recordId).values()) {
      const problem = problemOf(group, input.lastDay);
      const [head] = group;
      if (problem === null && head) due.push(head);
      else if (problem !== null) left.set(problem, (left.get(problem) ?? 0) + 1);
    }
    const told = [...left].map(([problem, count]) => ({ problem, count }));
    if (input.dryRun || due.length === 0) return ok({ changed: due.length, left: told });
    await logChange(tx, asker, input, due);
    await touchPersonRights(
      tx,
      [input.personId, input.toPersonId].filter((id) => id !== null),
    );
    // Last: it holds the region's lock to the commit.
    await storeOwnChanges(tx, changesOf(asker, input, due, toPerson.value), asker.now());
    return ok({ changed: due.length, left: told });
  });
};

const takerOf = async (
  asker: Asker,
  { action, personId, toPersonId }: OnlineInput<'relations.change'>,
): Promise<Result<Person | null, OnlineRefusal>> => {
  if (action === 'end') return ok(null);
  if (toPersonId === null) return err(notAcceptable('toPersonId', 'required'));
  if (toPersonId === personId) return err(notAcceptable('toPersonId', 'same-person'));
  const person = await findPerson(asker.db, toPersonId);
  return person?.active === true ? ok(person) : err(notAcceptable('toPersonId', 'required'));
};

const changesOf = (
  asker: Asker,
  { lastDay, reason }: OnlineInput<'relations.change'>,
  due: readonly Head[],
  to: Person | null,
): readonly Change[] => {
  const nowMs = asker.now().getTime();
  let clock: string | null = null;
  const written = (head: Head, recordId: Id, value: Change['value'], parents: Id[]): Change => {
    clock = tick(clock, nowMs);
    return {
      id: newId(nowMs, asker.random),
      recordId,
      kind: 'membership',
      caseId: head.caseId,
      compartment: jointPlan,
      group: 'grant',
      value,
      parents,
      authorId: asker.person.id,
      profession: asker.person.profession,
      taskClass: asker.person.taskClass,
      time: clock,
      schema: schemaToWrite({ kind: 'membership', group: 'grant' }),
    };
  };
  return due.flatMap((head) => {
    const ended = written(head, head.recordId, { ...head.value, validTo: lastDay }, [
      head.changeId,
    ]);
    if (!to) return [ended];
    const { id: personId, profession, taskClass } = to;
    const moved = {
      personId,
      profession,
      taskClass,
      ground: reason,
      validFrom: addDays(lastDay, 1),
    };
    const begun = written(head, newId(nowMs, asker.random), { ...head.value, ...moved }, []);
    return [ended, begun];
  });
};

/** One entry for the act, and one for each client whose team it changes (703/2023 10 §). */
const logChange = async (
  tx: Transaction,
  asker: Asker,
  { personId, reason }: OnlineInput<'relations.change'>,
  due: readonly Head[],
): Promise<void> => {
  await logAdministration(tx, asker, 'relations', personId, { reason, count: due.length });
  await writeUse(
    tx,
    due.map((head) =>
      entryOf(asker, {
        action: 'permission',
        caseId: head.caseId,
        register: 'joint',
        compartments: [jointPlan],
        what: { records: [{ id: head.recordId, kind: 'membership', group: 'grant' }], reason },
      }),
    ),
  );
};
