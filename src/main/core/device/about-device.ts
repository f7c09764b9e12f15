import fs from 'node:fs';
import type { CallOutput } from '#shared/contract/calls.ts';
import { countClients, latestStored, madeMsOf } from '#main/db/queries/about-file.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { databaseFile } from '#main/db/queries/use-log.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { leaseAt } from '../rights/offline-lease.ts';
import { openParts } from '../rights/open-parts.ts';

const mostReceipts = 12;

export const bytesOf = (path: string): number =>
  fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A client's name where it may be shown now. */
const shownName = (desk: Desk, caseNo: CaseNo): string | null => {
  if (leaseAt(desk).isOver || openParts(desk.db, caseNo, desk.now()).length === 0) return null;
  const name = clientName(desk.db, caseNo);
  return name ? `${name.familyName} ${name.givenNames}`.trim() : null;
};

export const aboutDevice = (
  desk: Desk,
  db: ReadableDb,
  name: string,
): CallOutput<'device.about'> => ({
  deviceId: desk.deviceId,
  name,
  regionName: readState(db, 'regionName'),
  madeMs: madeMsOf(db),
  clients: countClients(db),
  fileBytes: bytesOf(databaseFile(db)),
  receipts: latestStored(db, mostReceipts).map(({ caseNo, ...receipt }) => ({
    ...receipt,
    clientName: shownName(desk, caseNo),
  })),
});
