import type { CallOutput } from '#shared/contract/calls.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { findOpening } from '#main/db/queries/openings.ts';
import { openingGrants, type HeldGrant } from '#main/db/queries/scopes.ts';

type Row = CallOutput<'openings.active'>['rows'][number];

/** Whether a grant names its opening: one that rests on a record as well names that instead. */
const opensBy = ({ basis, relation }: HeldGrant): Row['kind'] | null => {
  if (basis === 'confirmation') return 'confirmation';
  if (basis !== 'relation' && basis !== 'statutory') return null;
  return relation === 'emergency' ? 'emergency' : relation === 'opening' ? 'ground' : null;
};

/** What is open on a ground now, opened here or at the region, the one that ends first on top. */
export const activeOpenings = (db: ReadableDb, nowMs: number): CallOutput<'openings.active'> => {
  const rows = new Map<string, Row>();
  for (const { caseId, caseNo, grant } of openingGrants(db, nowMs)) {
    const kind = opensBy(grant);
    const { basisId, untilMs } = grant;
    if (kind === null || basisId === null || untilMs === null) continue;
    const before = rows.get(basisId);
    if (before && before.untilMs >= untilMs) continue;
    const name = clientName(db, caseNo);
    rows.set(basisId, {
      openingId: basisId,
      caseId,
      clientName: name ? `${name.familyName} ${name.givenNames}`.trim() : '',
      kind,
      untilMs,
      untold: findOpening(db, basisId)?.told === false,
    });
  }
  return { rows: [...rows.values()].toSorted((a, b) => a.untilMs - b.untilMs) };
};
