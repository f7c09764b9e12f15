import type { Absence } from '#shared/domain/directory.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';

/** Colleagues who are away today and for whom this person stands in with that client. */
export const standsInFor = (
  absences: readonly Absence[],
  personId: Id,
  caseId: Id,
  today: CivilDate,
): readonly Id[] =>
  absences
    .filter(
      (absence) =>
        absence.deputyId === personId &&
        isCurrent(absence, today) &&
        (absence.caseIds === null || absence.caseIds.includes(caseId)),
    )
    .map((absence) => absence.personId);
