import type { UseAction } from '#shared/domain/use-log/entry.ts';
import { registerOf } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import type { NewUse } from '../use/note-use.ts';

/**
 * The entries of one look at parts of one client. Registers are logged apart (703/2023 10 §), and so are
 * parts that are open on different grounds.
 */
export const looksAt = (
  action: UseAction,
  caseId: Id,
  parts: readonly HeldGrant[],
  what: NewUse['what'],
): readonly NewUse[] =>
  [...Map.groupBy(parts, groundOf).values()].flatMap((alike): readonly NewUse[] => {
    const [first] = alike;
    if (!first) return [];
    return [
      {
        action,
        role: first.role,
        caseId,
        register: registerOf(first.compartment),
        compartments: alike.map(({ compartment }) => compartment),
        what,
        ground: first.basis,
        basisId: first.basisId,
      },
    ];
  });

const groundOf = ({ compartment, basis, basisId, role }: HeldGrant): string =>
  [registerOf(compartment), basis, basisId ?? '', role].join(' ');
