import type { CallOutput } from '#shared/contract/calls.ts';

type SameCodeClient = CallOutput<'clients.sameCode'>['rows'][number]['clients'][number];

/** Two often have the very same name: the place in the list tells them apart. */
export type Placed = SameCodeClient & { readonly place: number };

export type Joining = { readonly one: Placed; readonly other: Placed };

export const placesOf = (clients: readonly SameCodeClient[]): readonly Placed[] =>
  clients.map((client, index) => ({ ...client, place: index + 1 }));

/** Whom this one is joined with; null where it is joined already, or the other's row offers it. */
export const counterpartOf = (client: Placed, all: readonly Placed[]): Placed | null => {
  if (client.joined) return null;
  const other = all.find(({ caseId }) => caseId !== client.caseId);
  if (other === undefined) return null;
  return other.place < client.place || other.joined ? other : null;
};
