import type { Id } from '#shared/domain/ids.ts';
import type { Strand } from '#renderer/components/strand-gutter.tsx';
import { valueOf } from '#renderer/store/reading.ts';
import type { PlanNode } from './plan-tree.ts';

type ProfessionOf = (personId: Id) => string;

const responsible = (node: PlanNode): Id | null =>
  valueOf(node.record, 'action', 'responsibility')?.responsibleId ?? null;

/** Everybody who answers for an action on this row or beneath it. */
const responsibleBeneath = (node: PlanNode): readonly Id[] => {
  if (node.state === 'removed') return [];
  const own = node.kind === 'action' ? responsible(node) : null;
  return [...(own === null ? [] : [own]), ...node.children.flatMap(responsibleBeneath)];
};

/** An action's strand answers; above it, the same people do. Nothing that nobody has been named to. */
export const strandsOf = (node: PlanNode, professionOf: ProfessionOf): readonly Strand[] => {
  const role = node.kind === 'action' ? 'answers' : 'does';
  const professions = new Set(responsibleBeneath(node).map(professionOf));
  return [...professions].map((profession) => ({ profession, role }));
};
