import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { AbsenceRow } from './absence-form.ts';

export type When = 'now' | 'coming' | 'past';

/** Both days of an absence are included. */
export const whenOf = (
  { validFrom, validTo }: Pick<AbsenceRow, 'validFrom' | 'validTo'>,
  today: CivilDate,
): When => (validTo < today ? 'past' : validFrom > today ? 'coming' : 'now');

const rank: Readonly<Record<When, number>> = { now: 0, coming: 1, past: 2 };

export type Whose = 'all' | 'own' | 'others';

/** Present ones first, then the coming in their order, then the past, the latest first. */
export const absencesInOrder = (
  rows: readonly AbsenceRow[],
  today: CivilDate,
  whose: Whose,
  ownId: Id | null,
): readonly AbsenceRow[] =>
  rows
    .filter((row) => whose === 'all' || (row.personId === ownId) === (whose === 'own'))
    .toSorted((a, b) => {
      const [when, other] = [whenOf(a, today), whenOf(b, today)];
      if (when !== other) return rank[when] - rank[other];
      const byDate = when === 'past' ? b.validTo.localeCompare(a.validTo) : 0;
      return byDate || a.validFrom.localeCompare(b.validFrom) || a.id.localeCompare(b.id);
    });

type Uncovered = { readonly caseId: Id; readonly clientName: string };

/** What nobody covers, client by client in the order of their names. */
export const byClient = <Row extends Uncovered>(
  rows: readonly Row[],
): readonly { readonly caseId: Id; readonly clientName: string; readonly rows: readonly Row[] }[] =>
  [...Map.groupBy(rows, ({ caseId }) => caseId)]
    .map(([caseId, ofClient]) => ({
      caseId,
      clientName: ofClient[0]?.clientName ?? '',
      rows: ofClient,
    }))
    .toSorted((a, b) => a.clientName.localeCompare(b.clientName, 'fi'));
