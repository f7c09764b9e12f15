import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { standingOf, valueOf } from '#renderer/store/reading.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';
import { isActiveAction } from './gaps.ts';

export type TeamMember = {
  readonly record: RecordView;
  readonly grant: GroupValue<'membership', 'grant'>;
  readonly when: 'current' | 'coming' | 'ended';
};

const roleOrder = [
  'custodian',
  'responsible',
  'participant',
  'deputy',
  'consultant',
  'student',
  'external',
];
const whenOrder = ['current', 'coming', 'ended'];

const whenOf = (
  grant: Pick<TeamMember['grant'], 'validFrom' | 'validTo'>,
  today: CivilDate,
): TeamMember['when'] => {
  if (isCurrent({ validFrom: grant.validFrom, validTo: grant.validTo }, today)) return 'current';
  return grant.validFrom > today ? 'coming' : 'ended';
};

/** The client's team: those who are in it, who will be, who were; within each by role. */
export const teamOf = (view: ClientView, today: CivilDate): readonly TeamMember[] =>
  standingOf(view, 'membership')
    .flatMap((record) => {
      const grant = valueOf(record, 'membership', 'grant');
      return grant === null ? [] : [{ record, grant, when: whenOf(grant, today) }];
    })
    .toSorted(
      (a, b) =>
        whenOrder.indexOf(a.when) - whenOrder.indexOf(b.when) ||
        roleOrder.indexOf(a.grant.role) - roleOrder.indexOf(b.grant.role) ||
        (a.record.id < b.record.id ? -1 : 1),
    );

/** The unfinished actions that a person answers for. */
export const actionsOf = (tree: PlanTree, personId: Id): readonly PlanNode[] =>
  allNodes(tree).filter(
    (node) =>
      node.kind === 'action' &&
      node.state !== 'removed' &&
      isActiveAction(node) &&
      valueOf(node.record, 'action', 'responsibility')?.responsibleId === personId,
  );
