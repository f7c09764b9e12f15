import { useMemo } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PlanVersion } from '#shared/domain/plan-version.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { teamOf } from '../plan-model/index.ts';
import { planReaders, versionShown, type PartReaders } from './plan-readers.ts';

export type ShownReaders = {
  readonly version: PlanVersion;
  readonly parts: readonly PartReaders[];
  /** How many of today's team have acknowledged the joint plan as it is shown, and how many they are. */
  readonly ofTeam: { readonly readers: number; readonly members: number };
};

/** Who has acknowledged the plan as `shown`, by what is known in `view`. */
export const useReaders = (shown: ClientView, view: ClientView): ShownReaders => {
  const today = useToday();
  const version = useMemo(() => versionShown(shown), [shown]);
  return useMemo(() => {
    const parts = planReaders(version, view);
    const joint = parts.find(({ compartment }) => compartment === jointPlan);
    const members = new Set<Id>(
      teamOf(view, today).flatMap(({ grant, when }) =>
        when === 'current' ? [grant.personId] : [],
      ),
    );
    const readers = (joint?.current ?? []).filter(({ personId }) => members.has(personId)).length;
    return { version, parts, ofTeam: { readers, members: members.size } };
  }, [version, view, today]);
};
