import type { CallOutput } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { differencesOf, type Difference } from '#shared/domain/family/common-rows.ts';
import type { Id } from '#shared/domain/ids.ts';
import { familyRelations, type FamilyRelation } from '#shared/domain/records/family.ts';
import { recordsOf, standingOf, valueOf } from '#renderer/store/reading.ts';

export type ShownFamily = CallOutput<'family.show'>;

export const nobody: ShownFamily = { members: [], copies: [] };

/** Somebody of the family as the client's own plan has them, and the client they are where one may see it. */
export type Member = {
  readonly record: RecordView;
  readonly relation: FamilyRelation;
  /** As this plan calls them; empty where only the relation is told. */
  readonly name: string;
  readonly client: ShownFamily['members'][number] | null;
};

/** Siblings first, each relation in the order in which it was written down. */
export const membersOf = (view: ClientView, shown: ShownFamily): readonly Member[] =>
  standingOf(view, 'family-member')
    .flatMap((record) => {
      const value = valueOf(record, 'family-member', 'member');
      if (value === null) return [];
      const client = shown.members.find(({ recordId }) => recordId === record.id) ?? null;
      return [{ record, relation: value.relation, name: value.name, client }];
    })
    .toSorted((a, b) => familyRelations.indexOf(a.relation) - familyRelations.indexOf(b.relation));

/** Whether the plan has a family to show: a child's track, or somebody has been written down. */
export const hasFamily = (view: ClientView): boolean =>
  standingOf(view, 'family-member').length > 0 ||
  recordsOf(view, 'plan').some((plan) => valueOf(plan, 'plan', 'course')?.track === 'families');

/** A sibling whose plan one may see. */
export type Sibling = { readonly caseId: Id; readonly name: string; readonly mayWrite: boolean };

export const siblingsOf = (members: readonly Member[]): readonly Sibling[] =>
  members.flatMap(({ relation, name, client }) =>
    relation === 'sibling' && client !== null
      ? [
          {
            caseId: client.client.caseId,
            name: name === '' ? client.client.givenNames : name,
            mayWrite: client.mayWrite,
          },
        ]
      : [],
  );

/** The same row in a sibling's plan. */
export type CommonRow = {
  readonly sibling: Sibling;
  readonly row: RecordView;
  readonly differences: readonly Difference[];
};

/** By the client's own row, the siblings' in the order of the members. */
export const commonRows = (
  view: ClientView,
  shown: ShownFamily,
): ReadonlyMap<Id, readonly CommonRow[]> => {
  const siblings = siblingsOf(membersOf(view, shown));
  const own = new Map(view.records.map((record) => [record.id, record]));
  return new Map(
    [...Map.groupBy(shown.copies, ({ recordId }) => recordId)].map(([recordId, copies]) => {
      const record = own.get(recordId);
      return [
        recordId,
        siblings.flatMap((sibling) =>
          copies.flatMap(({ caseId, row }) =>
            caseId === sibling.caseId && record !== undefined
              ? [{ sibling, row, differences: differencesOf(record, row) }]
              : [],
          ),
        ),
      ];
    }),
  );
};
