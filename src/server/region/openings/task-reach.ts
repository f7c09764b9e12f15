import { personFacts } from '#shared/domain/access/facts.ts';
import { sectorOf, servicesOf } from '#shared/domain/access/decide.ts';
import { covers, isProtected, ruleFor, type OpeningGround } from '#shared/domain/access/rules.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Compartment, Duty } from '#shared/domain/codes.ts';
import type { Person, WorkTask } from '#shared/domain/directory.ts';

/** The work tasks that are in force on the day; none for somebody who is not active. */
export const tasksOn = (person: Person, day: CivilDate): readonly WorkTask[] =>
  person.active ? personFacts(person, []).tasks.filter((task) => isCurrent(task, day)) : [];

/**
 * Whether one of the tasks reaches the part by a relation to the client alone: no permission, joint
 * service or confirmation asked (STM 457/2024).
 */
export const reachesByRelation = (
  tasks: readonly WorkTask[],
  compartment: Compartment,
  day: CivilDate,
): boolean =>
  tasks.some((task) => {
    const rule = ruleFor(task.taskClass, day);
    const own = servicesOf(task);
    return (
      rule !== undefined &&
      covers(rule.byRelation, compartment, own) &&
      (!isProtected(compartment) || own.includes(compartment))
    );
  });

/**
 * The tasks that can begin a relation to a client at all. Not those of another sector, which comes in by
 * the client's consent alone (703/2023 48 §), and not one that reaches no part of a client.
 */
const tasksWithClients = (person: Person, day: CivilDate): readonly WorkTask[] =>
  person.partnerSector === null
    ? tasksOn(person, day).filter(
        (task) =>
          sectorOf(task) !== 'external' &&
          task.taskClass !== 'external-partner' &&
          (ruleFor(task.taskClass, day)?.byRelation.length ?? 0) > 0,
      )
    : [];

export const worksWithClients = (person: Person, day: CivilDate): boolean =>
  tasksWithClients(person, day).length > 0;

/** Whether the ground is for the sector of one of the tasks: by another sector's ground nothing opens. */
export const suitsGround = (
  person: Person,
  { sectors }: Pick<OpeningGround, 'sectors'>,
  day: CivilDate,
): boolean => tasksWithClients(person, day).some((task) => sectors.includes(sectorOf(task)));

/**
 * Whether somebody may look up a client by personal identity code: for work with clients, or for what the
 * data protection officer and the administrator do for a client at the client's request (703/2023 11 §).
 */
export const mayLookUp = (person: Person, day: CivilDate): boolean =>
  worksWithClients(person, day) || lookUpDuty(person) !== null;

/** The duty by which somebody looks up who may have no work with clients. */
export const lookUpDuty = (person: Person): Duty | null =>
  person.duties.find((duty) => duty === 'privacy-officer' || duty === 'administrator') ?? null;
