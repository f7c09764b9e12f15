import type { CallOutput } from '#shared/contract/calls.ts';
import type { Id } from '#shared/domain/ids.ts';

export type Preview = CallOutput<'access.preview'>;

/** What opens or closes for one person. */
export type PreviewRow = { readonly personId: Id; readonly compartments: readonly string[] };

/** One row for each person, in the order in which they are first told of. */
export const byPerson = (
  parts: readonly { readonly personId: Id; readonly compartment: string }[],
): readonly PreviewRow[] => {
  const rows = new Map<Id, string[]>();
  for (const { personId, compartment } of parts) {
    const row = rows.get(personId) ?? [];
    if (!row.includes(compartment)) row.push(compartment);
    rows.set(personId, row);
  }
  return [...rows].map(([personId, compartments]) => ({ personId, compartments }));
};
