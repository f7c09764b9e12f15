import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { personFacts } from '#shared/domain/access/facts.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readPeople } from '../directory.ts';
import { tasksOn } from '../openings/task-reach.ts';

const unitsOf = (tasks: readonly { readonly unitId: Id | null }[]): readonly Id[] =>
  tasks.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]));

/**
 * Whose absences somebody may record: their own; for a unit's lead, those of the people with a task there
 * now or later; for an administrator everybody's.
 */
export const whoseAbsences = async (
  db: Reader,
  asker: Person,
  today: CivilDate,
): Promise<readonly Id[]> => {
  const leadsUnits = asker.duties.includes('unit-lead') ? unitsOf(tasksOn(asker, today)) : [];
  if (!asker.duties.includes('administrator') && leadsUnits.length === 0) return [asker.id];
  const rows = await db.query<{ id: Id }>(
    `SELECT id FROM person WHERE active ORDER BY family_name, given_name, id`,
  );
  const people = rows.map(({ id }) => id);
  if (asker.duties.includes('administrator')) return people;
  const staff = (await readPeople(db, people)).filter((person) =>
    unitsOf(
      personFacts(person, []).tasks.filter(
        (task) => task.validFrom > today || isCurrent(task, today),
      ),
    ).some((unitId) => leadsUnits.includes(unitId)),
  );
  return [...new Set([asker.id, ...staff.map(({ id }) => id)])];
};
