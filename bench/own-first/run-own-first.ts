import fs from 'node:fs';
import { z } from 'zod';
import type { Id } from '#shared/domain/ids.ts';
import { readCaseView } from '#main/core/records/case-view.ts';
import { openParts } from '#main/core/rights/open-parts.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { answer, childInput } from '../child.ts';
import { startClock, type Cost } from '../figures.ts';
import { quietReports } from '../first-sync/punos-arm.ts';
import { preparedRegion } from '../plans/punos-replica.ts';
import { openRealDesk } from '../region/real-desk.ts';
import type { OwnFirstResult } from './own-first.ts';

// A first sync from a real region: when do one's own clients' plans open, and when is all there?

const input = z
  .object({ folder: z.string(), hubUrl: z.string(), prepared: z.string() })
  .parse(childInput());
const { people, plans } = preparedRegion.parse(JSON.parse(fs.readFileSync(input.prepared, 'utf8')));
const [account] = people;
if (!account) throw new Error('Nobody signs in');
const { desk, caseFile, region, token } = await openRealDesk(input.folder, input.hubUrl, account);

const isWhole = (caseId: Id, records: number): boolean => {
  const caseNo = findCase(desk.db, caseId);
  if (caseNo === undefined) return false;
  const parts = openParts(desk.db, caseNo, desk.now());
  const view = readCaseView(desk.db, caseId, caseNo, { parts, contactRevealed: true });
  return view.records.filter(({ kind }) => kind === 'need').length === records;
};

const waiting = [...plans];
let own: Cost | null = null;
const clock = startClock();
const done = await syncRound(desk, region, token, {
  ...quietReports,
  onApplied: () => {
    for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
      if (!isWhole(next.caseId, next.recordIds.length)) return;
      waiting.pop();
    }
    own ??= clock();
  },
});
const all = clock();
if (!done.ok) throw new Error(`The round ended early: ${JSON.stringify(done.error)}`);
if (own === null) throw new Error('The own clients never opened');
const clients = desk.db.value<number>('SELECT count(*) FROM client_index') ?? 0;
const result: OwnFirstResult = { own, all, clients };
const closed = caseFile.close();
if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
answer(result);
