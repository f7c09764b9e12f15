import os from 'node:os';
import type { CallOutput } from '#shared/contract/calls.ts';
import type { SyncStatus } from '#shared/contract/views.ts';
import { currentSchema } from '#shared/domain/change.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { countsOf, madeMsOf, refusedByCode, sqliteVersion } from '#main/db/queries/about-file.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { databaseFile } from '#main/db/queries/use-log.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { schemaVersionOf } from '#main/db/migrations/migrations.ts';
import type { Desk } from '../desk.ts';
import { bytesOf } from './about-device.ts';
import type { Trouble } from './recent-troubles.ts';

const isoOf = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();

/**
 * What a person can hand to support: versions, numbers, times and codes. Of clients it says how many there
 * are and nothing else; of what is written, how much.
 */
export const supportReport = (
  desk: Desk,
  db: ReadableDb,
  known: {
    readonly programVersion: string;
    readonly deviceName: string;
    readonly status: SyncStatus;
    readonly troubles: readonly Trouble[];
  },
): CallOutput<'device.report'> => {
  const file = databaseFile(db);
  const { status } = known;
  return {
    madeAt: new Date(desk.now()).toISOString(),
    program: { version: known.programVersion, protocol: protocolVersion, schema: currentSchema },
    machine: {
      system: `${os.platform()} ${os.release()} ${os.arch()}`,
      node: process.version,
      sqlite: sqliteVersion(db),
    },
    device: {
      id: desk.deviceId,
      name: known.deviceName,
      madeAt: new Date(madeMsOf(db)).toISOString(),
    },
    region: { name: readState(db, 'regionName'), epoch: readState(db, 'epoch') },
    file: {
      version: schemaVersionOf(db),
      bytes: bytesOf(file),
      walBytes: bytesOf(`${file}-wal`),
    },
    counts: { ...countsOf(db) },
    refused: { ...refusedByCode(db) },
    sync: {
      state: status.state,
      problem: status.problem,
      lastCompletePull: isoOf(status.lastCompletePull),
      oldestWaiting: isoOf(status.oldestWaitingSince),
      leaseUntil: isoOf(status.lease?.untilMs),
    },
    troubles: known.troubles.map(({ atMs, problem }) => ({
      at: new Date(atMs).toISOString(),
      problem,
    })),
  };
};
