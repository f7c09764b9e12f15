import type { WorkTask } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import { savePeople } from '../directory.ts';
import { endSessionsOf } from '../identity/sessions.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { readRegionState } from '../region-state.ts';
import { identityCodeHash } from '../rights/own-record.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { likePattern, logAdministration, notAcceptable } from './answers.ts';

type Answer<T> = Promise<Result<T, OnlineRefusal>>;
type Row = OnlineOutput<'people.list'>['rows'][number];

/** Before work tasks were written down, the person's main fields were the one task. */
const mainTask = `jsonb_build_array(jsonb_build_object('unitId', person.unit_id,
  'profession', person.profession, 'taskClass', person.task_class, 'services', '[]'::jsonb,
  'round', false, 'validFrom', '2020-01-01', 'validTo', NULL))`;

export const listPeople = async (
  asker: Asker,
  input: OnlineInput<'people.list'>,
): Answer<OnlineOutput<'people.list'>> => {
  const order = input.sort === 'name' ? '"familyName"' : '"lastSeenMs"';
  const rows = await asker.db.query<Row & { readonly total: number }>(
    `SELECT *, count(*) OVER () AS total FROM (
       SELECT person.id, given_name AS "givenName", family_name AS "familyName",
         registers_number AS "registerNumber", rights_version AS revision,
         CASE WHEN tasks = '[]'::jsonb THEN ${mainTask} ELSE tasks END AS tasks,
         duties, partner_sector AS "partnerSector", active, account.login,
         identity_code_hash IS NOT NULL AS "isClient",
         (SELECT count(*) FROM device WHERE device.person_id = person.id AND revoked_at IS NULL
           AND replaced_at IS NULL)
           AS devices,
         (SELECT extract(epoch FROM max(last_seen_at)) * 1000 FROM device
          WHERE device.person_id = person.id)::float8 AS "lastSeenMs"
       FROM person LEFT JOIN account ON account.person_id = person.id
       WHERE ($1 = 'all' OR person.active = ($1 = 'active'))
         AND ($2::uuid IS NULL OR person.unit_id = $2 OR person.tasks @> jsonb_build_array(
           jsonb_build_object('unitId', $2::text)))
         AND (given_name || ' ' || family_name || ' ' || given_name || ' ' ||
           coalesce(account.login, '') || ' ' || coalesce(registers_number, '')) ILIKE $3) AS found
     ORDER BY ${order} ${input.descending ? 'DESC' : 'ASC'} NULLS LAST, "givenName", id
     LIMIT $4 OFFSET $5`,
    [input.activity, input.unitId, likePattern(input.search), input.limit, input.offset],
  );
  return ok({ total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) });
};

type Known = {
  readonly revision: number;
  readonly duties: readonly string[];
  readonly active: boolean;
};

const lockPeople = async (tx: Transaction, id: Id | null): Promise<Known | undefined> => {
  // One administrator at a time: the last of them must not leave twice.
  await tx.query('SELECT pg_advisory_xact_lock(7021014)');
  const [known] = await tx.query<Known>(
    'SELECT rights_version AS revision, duties, active FROM person WHERE id = $1 FOR NO KEY UPDATE',
    [id],
  );
  return known;
};

/** Whether somebody else could go on administering. */
const othersAdminister = async (tx: Transaction, id: Id): Promise<boolean> => {
  const [other] = await tx.query(
    `SELECT 1 AS one FROM person WHERE active AND id <> $1 AND 'administrator' = ANY(duties) LIMIT 1`,
    [id],
  );
  return other !== undefined;
};

const taskProblem = async (
  tx: Transaction,
  tasks: readonly WorkTask[],
): Promise<OnlineRefusal | null> => {
  if (tasks.some(({ validFrom, validTo }) => validTo !== null && validTo < validFrom)) {
    return notAcceptable('tasks', 'ends-before-it-begins');
  }
  const unitIds = [...new Set(tasks.flatMap(({ unitId }) => unitId ?? []))];
  const known = await tx.query('SELECT id FROM unit WHERE id = ANY($1::uuid[])', [unitIds]);
  return known.length === unitIds.length ? null : notAcceptable('tasks', 'unknown-unit');
};

/** Adds a person or changes one; rights follow at the person's next contact. */
export const savePerson = (
  asker: Asker,
  input: OnlineInput<'people.save'>,
): Answer<{ readonly id: Id }> =>
  withTransaction(asker.db, async (tx) => {
    const id = input.id ?? newId(asker.now().getTime(), asker.random);
    const known = await lockPeople(tx, input.id);
    if (input.id !== null && (!known || known.revision !== input.revision)) {
      return err(notAcceptable('revision', 'changed-meanwhile'));
    }
    const before = known?.duties ?? [];
    if (id === asker.person.id && input.duties.some((duty) => !before.includes(duty))) {
      return err(notAcceptable('duties', 'own-duty'));
    }
    const leaves = before.includes('administrator') && !input.duties.includes('administrator');
    if (leaves && !(await othersAdminister(tx, id))) {
      return err(notAcceptable('duties', 'last-administrator'));
    }
    const wrong = await taskProblem(tx, input.tasks);
    if (wrong) return err(wrong);
    const [main] = input.tasks;
    if (!main) return err(notAcceptable('tasks', 'required'));
    const { givenName, familyName, registerNumber, tasks, duties, partnerSector } = input;
    await savePeople(tx, [
      {
        id,
        givenName,
        familyName,
        profession: main.profession,
        taskClass: main.taskClass,
        unitId: main.unitId,
        registerNumber,
        tasks,
        duties,
        partnerSector,
        active: known?.active ?? true,
      },
    ]);
    await touchPersonRights(tx, [id]);
    await logAdministration(tx, asker, 'people', id);
    return ok({ id });
  });

/** Somebody leaves the region: sessions and rights end at once, what was written stays. */
export const endPerson = (
  asker: Asker,
  { id, reason }: OnlineInput<'people.end'>,
): Answer<Record<string, never>> =>
  withTransaction(asker.db, async (tx) => {
    const known = await lockPeople(tx, id);
    if (!known?.active) return err(notAcceptable('id', 'already-ended'));
    if (id === asker.person.id) return err(notAcceptable('id', 'own-duty'));
    if (known.duties.includes('administrator') && !(await othersAdminister(tx, id))) {
      return err(notAcceptable('id', 'last-administrator'));
    }
    await tx.query('UPDATE person SET active = false WHERE id = $1', [id]);
    await endSessionsOf(tx, id, asker.now());
    await touchPersonRights(tx, [id]);
    await logAdministration(tx, asker, 'people', id, { reason });
    return ok({});
  });

/** Notes that a member of staff is a client too, by a hash of the code: nobody opens their own record. */
export const linkClient = (
  asker: Asker,
  { id, personalIdentityCode }: OnlineInput<'people.linkClient'>,
): Answer<Record<string, never>> =>
  withTransaction(asker.db, async (tx) => {
    const code =
      personalIdentityCode === null ? null : tidyPersonalIdentityCode(personalIdentityCode);
    if (code !== null && personalIdentityCodeProblem(code) !== null) {
      return err(notAcceptable('personalIdentityCode', 'personal-identity-code'));
    }
    const { regionId } = await readRegionState(tx);
    const [changed] = await tx.query(
      'UPDATE person SET identity_code_hash = $2 WHERE id = $1 RETURNING id',
      [id, code === null ? null : identityCodeHash(regionId, code)],
    );
    if (!changed) return err({ code: 'no-access' });
    await touchPersonRights(tx, [id]);
    await logAdministration(tx, asker, 'people', id);
    return ok({});
  });
