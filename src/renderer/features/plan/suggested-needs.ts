import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Language } from '#shared/domain/codes.ts';
import { templateOf } from '#shared/domain/plan-tracks.ts';
import { valueOf } from '#renderer/store/reading.ts';
import type { PlanTree } from '../plan-model/index.ts';

/** A need to begin from. */
export type NeedSuggestion = { readonly lifeArea: string; readonly title: string };

/** What plans of the track often have and this one has not: by the heading, in the reader's language. */
export const suggestedNeeds = (
  tree: PlanTree,
  language: Language,
  today: CivilDate,
): readonly NeedSuggestion[] => {
  const track = valueOf(tree.plan, 'plan', 'course')?.track ?? null;
  const there = new Set(
    tree.needs
      .filter(({ state }) => state !== 'removed')
      .map(({ title }) => title.trim().toLowerCase()),
  );
  return (templateOf(track, today)?.needs ?? [])
    .map((need) => ({ lifeArea: need.lifeArea, title: need[language] }))
    .filter(({ title }) => !there.has(title.toLowerCase()));
};
