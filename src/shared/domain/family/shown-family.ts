import type { Id } from '../ids.ts';
import { partOf, type FamilyRow } from './common-rows.ts';
import { clientsByTie } from './ties.ts';

/** A member as the client's own plan has it. */
export type MemberRow = { readonly recordId: Id; readonly relation: string; readonly tie: Id };

/** A client on this device; `rows` is asked only of those whom whoever looks may see. */
export type HeldClient<R extends FamilyRow> = {
  readonly maySee: boolean;
  readonly rows: () => readonly R[];
};

/** A sibling's row that carries the same common id as one of the client's. */
export type Copy<R extends FamilyRow> = { readonly caseId: Id; readonly row: R };

export type ShownFamily<R extends FamilyRow> = {
  /** The clients that members are, by the member's record. */
  readonly clients: ReadonlyMap<Id, Id>;
  /** The copies of the client's common rows, by the client's row. */
  readonly copies: ReadonlyMap<Id, readonly Copy<R>[]>;
};

/**
 * What somebody may be shown of a client's family besides what the client's own plan says. A client whom
 * this person may not see is as one who is not there. Rows are compared between children alone: nothing of a
 * parent's plan is read for a child's.
 */
export const shownFamily = <R extends FamilyRow>(
  child: {
    readonly caseId: Id;
    readonly members: readonly MemberRow[];
    readonly rows: readonly FamilyRow[];
  },
  held: readonly Id[],
  clientOf: (caseId: Id) => HeldClient<R>,
): ShownFamily<R> => {
  const found = clientsByTie(child.caseId, new Set(child.members.map(({ tie }) => tie)), held);
  const members = child.members.flatMap(({ recordId, relation, tie }) => {
    const caseId = found.get(tie);
    const client = caseId === undefined ? undefined : clientOf(caseId);
    return caseId !== undefined && client?.maySee === true
      ? [{ recordId, relation, caseId, client }]
      : [];
  });
  const siblings = new Map(
    members
      .filter(({ relation }) => relation === 'sibling')
      .map(({ caseId, client }) => [caseId, client]),
  );
  const common = child.rows.filter((row) => partOf(row) !== null);
  const byPart =
    common.length === 0
      ? new Map<Id | null, Copy<R>[]>()
      : Map.groupBy(
          [...siblings].flatMap(([caseId, client]) =>
            client.rows().map((row) => ({ caseId, row })),
          ),
          ({ row }) => partOf(row),
        );
  return {
    clients: new Map(members.map(({ recordId, caseId }) => [recordId, caseId])),
    copies: new Map(
      common.map((row) => [
        row.id,
        (byPart.get(partOf(row)) ?? []).filter((copy) => copy.row.kind === row.kind),
      ]),
    ),
  };
};
