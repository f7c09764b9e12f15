import material from '#resources/demo/family.json' with { type: 'json' };
import { copyIdOf } from '#shared/domain/family/common-rows.ts';
import { familyMemberIdOf, familyTieOf, looseTie } from '#shared/domain/family/ties.ts';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import type { FamilyRelation } from '#shared/domain/records/family.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';

/** What an invented client's plan says of the family, and the goal that the siblings have in common. */
export type FamilyDraft = {
  readonly members: readonly {
    readonly recordId: Id;
    readonly value: GroupValue<'family-member', 'member'>;
  }[];
  readonly goals: readonly {
    readonly recordId: Id;
    /** The need that it hangs on, by its number in the plan. */
    readonly need: number;
    readonly statement: GroupValue<'goal', 'statement'>;
    readonly part: Id;
    readonly action: {
      readonly recordId: Id;
      readonly content: GroupValue<'action', 'content'>;
      readonly frequency: string;
    };
  }[];
};

/** The family of the n-th invented client; most have none. `idOf` tells a client's id by its number. */
export const familyOf = (index: number, idOf: (index: number) => Id): FamilyDraft => {
  const caseId = idOf(index);
  const part = derivedId('demo-family-part', idOf(0));
  return {
    members: material.members
      .filter(({ client }) => client === index)
      .map(({ relation, name, other }) => {
        const tie =
          other === null
            ? looseTie(derivedId('demo-family-member', `${caseId} ${name}`))
            : familyTieOf(caseId, idOf(other));
        return {
          recordId: familyMemberIdOf(caseId, tie),
          value: { relation: relation as FamilyRelation, name, tie },
        };
      }),
    goals: material.goals
      .filter(({ client }) => client === index)
      .map(({ need, title, description, action }) => ({
        recordId: copyIdOf(part, caseId),
        need,
        statement: { title, description, voice: 'joint' },
        part,
        action: {
          recordId: derivedId('demo-family-action', caseId),
          content: { kind: 'service', title: action.title, description: action.description },
          frequency: action.frequency,
        },
      })),
  };
};
