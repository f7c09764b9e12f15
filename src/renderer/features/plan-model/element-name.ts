import type { TFunction } from 'i18next';
import { planElements } from '#shared/domain/plan-elements.ts';

/** What an element is called: as the group that it writes, or by a name of its own. */
export const elementName = (id: string, t: TFunction): string => {
  const element = planElements.find((each) => each.id === id);
  return element?.shape === 'group'
    ? t(`records:group.plan.${element.group}`)
    : t(`plan:parts.name.${id}`);
};
