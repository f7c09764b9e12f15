import { randomBytes } from 'node:crypto';
import { newId } from '#shared/domain/ids.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { renewLease } from '#main/core/rights/offline-lease.ts';
import { writeCard } from '#main/core/session/desk-cards.ts';
import { makeOwnFile } from '#main/core/session/case-files.ts';
import { newDeviceKey } from '#main/core/session/device-key.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { newDatabaseKey, wrapKey } from '#main/db/file/key-wrap.ts';
import { benchmarkClients, benchmarkDirectory, pagesOf } from '../first-sync/pages.ts';
import { indexAll } from '../first-sync/punos-arm.ts';

/** Opens the case file that `makeDesk` makes. */
export const deskSecret = 'a benchmark has no secrets';

/**
 * The folder of a computer on which somebody has worked: their case file, stretched as the program
 * stretches, with so many clients in it, everything fetched and indexed, and closed.
 */
export const makeDesk = async (options: {
  readonly dataFolder: string;
  readonly clients: number;
  readonly recordsPerClient: number;
}): Promise<void> => {
  const person = benchmarkDirectory().people[0];
  if (!person) throw new Error('The demo region has no staff');
  writeCard(options.dataFolder, {
    person,
    login: 'benchmark',
    provider: null,
    waiting: 0,
    setAside: null,
  });
  const made = await makeOwnFile(
    { dataFolder: options.dataFolder, keyChainSecret: null, now: Date.now, randomBytes },
    { person, deviceId: newId(Date.now(), randomBytes), deviceKey: newDeviceKey() },
    deskSecret,
  );
  if (!made.ok) throw new Error(`No case file: ${made.error.code}`);
  const { desk, file } = made.value;
  for (const page of pagesOf(benchmarkClients(options.clients, options.recordsPerClient))) {
    const request = {
      protocol: protocolVersion,
      begun: newId(Date.now(), randomBytes),
      cursor: null,
      awaiting: [],
      erased: [],
      directoryRevision: 0,
    };
    const applied = applyPage(desk, request, page);
    if (!applied.ok) throw new Error(`A page was not applied: ${applied.error.kind}`);
  }
  indexAll(desk);
  const renewed = renewLease(desk);
  if (!renewed.ok) throw new Error(`No lease: ${renewed.error.kind}`);
  const closed = file.close();
  if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
};

/** What stretching the secret takes by itself, as at each unlocking, in milliseconds. */
export const stretchingMs = async (): Promise<number> => {
  const secrets = { secret: deskSecret, keyChainSecret: null };
  const begun = performance.now();
  await wrapKey(newDatabaseKey(), new Uint8Array(16), secrets);
  return performance.now() - begun;
};
