import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Id } from '#shared/domain/ids.ts';
import { chained, emptyChain, type ChainedEntry } from '#shared/domain/use-log/chain.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type { UseLogResponse } from '#shared/protocol/use-log.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { withTransaction } from '#server/db/pool.ts';
import { openAnchors, type Anchors } from '#server/region/use-log/anchors.ts';
import { createSealer } from '#server/region/use-log/seal-use.ts';
import { verifyLog, type Soundness } from '#server/region/use-log/verify-log.ts';
import { writeUse } from '#server/region/use-log/write-use.ts';
import { addPerson, signInAs, testApp, testId, type TestApp } from './test-app.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

export const useStart = Date.parse('2026-11-02T08:00:00Z');

/** A look as the server itself would write it. */
export const anEntry = (content: Partial<UseEntry> = {}): UseEntry => ({
  id: testId(),
  atMs: useStart,
  action: 'view',
  personId: testId(),
  profession: 'nurse',
  taskClass: 'limited-health',
  unitId: null,
  role: 'participant',
  caseId: testId(),
  register: 'joint',
  compartments: ['joint/plan'],
  what: { screen: 'client' },
  ground: 'relation',
  basisId: null,
  deviceId: null,
  offline: false,
  ...content,
});

/** A region with a log of use that is anchored in a folder of its own. */
export type UseLogWorld = {
  readonly test: TestDatabase;
  readonly region: TestApp;
  readonly anchors: Anchors;
  readonly folder: string;
  readonly write: (...entries: readonly UseEntry[]) => Promise<void>;
  readonly seal: () => Promise<'done' | 'busy'>;
  readonly soundness: () => Promise<Soundness>;
  /** What the soundness says of the log itself, without what devices sent amiss. */
  readonly faults: () => Promise<readonly string[]>;
  readonly device: () => Promise<ChainDevice>;
  readonly alarms: (
    deviceId: Id,
  ) => Promise<readonly { readonly code: string; readonly no: number }[]>;
  readonly close: () => Promise<void>;
};

export const useLogWorld = async (): Promise<UseLogWorld> => {
  const test = await testDatabase(20);
  const folder = await mkdtemp(path.join(tmpdir(), 'punos-anchors-'));
  const anchors = openAnchors(folder);
  const region = await testApp(test.db, { anchors });
  const soundness = () =>
    verifyLog({ db: test.db, now: region.now, anchors }, '2026-10-01', '2026-12-31');
  return {
    test,
    region,
    anchors,
    folder,
    write: (...entries) => withTransaction(test.db, (tx) => writeUse(tx, entries)),
    seal: () => createSealer(test.db, anchors, region.now).seal(),
    soundness,
    faults: async () => faultsOf(await soundness()),
    device: () => chainDevice(test, region),
    alarms: (deviceId) =>
      test.owner.query<{ code: string; no: number }>(
        'SELECT code, no FROM use_alarm WHERE device_id = $1 ORDER BY no',
        [deviceId],
      ),
    close: async () => {
      await region.app.close();
      await test.close();
      await rm(folder, { recursive: true });
    },
  };
};

export const faultsOf = ({ problems }: Soundness): readonly string[] =>
  problems.map(({ code }) => code).filter((code) => !code.startsWith('alarm-'));

export type ChainDevice = Awaited<ReturnType<typeof chainDevice>>;

/** A device that keeps its own chain by hand. */
const chainDevice = async (test: TestDatabase, region: TestApp) => {
  const person = await addPerson(test.db, `laite-${randomBytes(4).toString('hex')}`);
  const keys = generateKeyPairSync('ed25519');
  const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const id = testId();
  const signedIn = await signInAs(region, person, {
    id,
    publicKey: publicKey.toString('base64url'),
    name: 'Koekone',
  });
  const { token } = signedIn.json<{ token: string }>();
  let head = emptyChain;
  const signed = (entries: readonly ChainedEntry[]): string => {
    const last = entries.at(-1);
    return last
      ? sign(null, Buffer.from(last.hash, 'utf8'), keys.privateKey).toString('base64url')
      : '';
  };
  const next = (content: Partial<UseEntry> = {}): ChainedEntry => {
    const one = chained(
      head.through + 1,
      head.hash,
      anEntry({ personId: person.personId, deviceId: id, ...content }),
    );
    head = { through: one.no, hash: one.hash };
    return one;
  };
  const send = async (entries: readonly ChainedEntry[], signature?: string) => {
    const response = await region.app.inject({
      method: 'POST',
      url: '/v1/use-log',
      headers: { authorization: `Bearer ${token}` },
      payload: {
        protocol: protocolVersion,
        entries: [...entries],
        signature: signature ?? signed(entries),
        openings: [],
      },
    });
    return { status: response.statusCode, body: response.json<UseLogResponse>() };
  };
  const from = (place: typeof head): void => {
    head = place;
  };
  const session = { id: testId(), personId: person.personId, deviceId: id, publicKey };
  return { id, token, session, signed, next, send, from, head: () => head };
};
