import type { GrantPart } from '#shared/contract/views.ts';
import { relationRules, ruleFor } from '#shared/domain/access/rules.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';

/** The relation whose rule counts: somebody who steps in acts as a deputy, whatever the absent one's role. */
const ruleRoleOf = ({ relation, role }: Pick<GrantPart, 'relation' | 'role'>): string => {
  switch (relation) {
    case 'absence':
      return 'deputy';
    case 'opening':
    case 'emergency':
      return 'opening';
    case 'round':
      return 'round';
    default:
      return role;
  }
};

/**
 * The statutes behind an open part: those of the task class and of the relation to the client, each once.
 * For a part opened by a permission the law on permissions stands among the first.
 */
export const sourcesOf = (
  part: Pick<GrantPart, 'relation' | 'role'>,
  taskClasses: readonly string[],
  today: CivilDate,
): readonly string[] => {
  const role = ruleRoleOf(part);
  const sources = [
    ...taskClasses.flatMap((taskClass) => ruleFor(taskClass, today)?.source ?? []),
    ...relationRules.filter((rule) => rule.role === role).map((rule) => rule.source),
  ];
  return [...new Set(sources.flatMap((source) => source.split('; ')))];
};
