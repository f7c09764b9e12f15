import { personFacts } from '#shared/domain/access/facts.ts';
import { sectorOf } from '#shared/domain/access/decide.ts';
import {
  openingGrounds,
  type OpeningGround,
  type OpeningKind,
} from '#shared/domain/access/rules.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Person } from '#shared/domain/directory.ts';

/** The legal grounds of one kind that are in force and that one of the person's tasks may name. */
export const groundsFor = (
  kind: OpeningKind,
  person: Person,
  today: CivilDate,
): readonly OpeningGround[] => {
  const sectors = new Set(
    personFacts(person, [])
      .tasks.filter((task) => isCurrent(task, today))
      .map((task) => sectorOf(task)),
  );
  return openingGrounds.filter(
    (ground) =>
      ground.kind === kind &&
      isCurrent(ground, today) &&
      ground.sectors.some((sector) => sectors.has(sector)),
  );
};
