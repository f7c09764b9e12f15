import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { openSecondConnection, type CaseFile } from '#main/db/file/case-file.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import { quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import type { RefreshRequest, RefreshResponse } from '#shared/protocol/session.ts';
import { newDeviceKey, signerOf } from '../session/device-key.ts';
import type { RegionClient, RegionTrouble } from './region-client.ts';
import type { RenewalParts } from './renew-tokens.ts';
import { renewingRegion } from './renewing-region.ts';

let folder: string;
let file: CaseFile;
let second: { readonly db: WritableDb; readonly close: () => void };
let clock: number;
/** How often somebody has looked at the clock to see whether another is at it. */
let looks: number;
const key = newDeviceKey();

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-renewal-'));
  clock = Date.UTC(2026, 10, 2, 8);
  looks = 0;
  const made = await createCaseFile({
    path: path.join(folder, 'case.db'),
    secrets: { secret: 'koe', keyChainSecret: null },
    personId: newId(clock, randomBytes),
    deviceId: newId(clock, randomBytes),
    createdAtMs: clock,
    argon2: quickArgon2,
  });
  if (!made.ok) throw new Error(made.error.kind);
  file = made.value;
  const opened = openSecondConnection(file);
  if (!opened.ok) throw new Error(opened.error.kind);
  second = opened.value;
  withTransaction(file.db, (db) => {
    writeState(db, 'deviceKey', key.privateKey);
    writeState(db, 'sessionToken', 'token-0');
    writeState(db, 'refreshToken', 'refresh-0');
  });
});
afterEach(() => {
  second.close();
  file.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const expired: RegionTrouble = { kind: 'refused', code: 'token-expired' };
const signedOut: RegionTrouble = { kind: 'refused', code: 'signed-out' };

/** A region whose tokens have run out up to `token-0`; it gives the next pair as often as it is asked. */
const region = (
  answerRefresh?: (
    request: RefreshRequest,
  ) => Promise<Result<RefreshResponse, RegionTrouble>> | undefined,
  holds = false,
) => {
  const { promise: open, resolve: letGo } = Promise.withResolvers<void>();
  if (!holds) letGo();
  const refreshes: RefreshRequest[] = [];
  const tokens: string[] = [];
  const offline = async () => err<RegionTrouble>({ kind: 'offline' });
  const client: RegionClient = {
    ways: offline,
    signIn: offline,
    signInByProvider: offline,
    rekey: offline,
    refresh: async (request) => {
      refreshes.push(request);
      const own = answerRefresh?.(request);
      if (own !== undefined) return own;
      await open;
      const number = refreshes.length;
      return ok({
        token: `token-${number}`,
        refreshToken: `refresh-${number}`,
        accessUntil: '2026-11-02T08:10:00Z',
        expiresAt: '2026-11-05T08:00:00Z',
      });
    },
    signOut: async () => {},
    push: offline,
    pull: offline,
    ask: offline,
    uploadUseLog: async (token) => {
      tokens.push(token);
      return token === 'token-0'
        ? err(expired)
        : ok({ through: 0, hash: '0'.repeat(64), openings: [] });
    },
    listen: () => ({ say: () => {}, end: () => {} }),
  };
  return { client, refreshes, tokens, letGo };
};

const at = (db: WritableDb, client: RegionClient, until?: AbortSignal): RenewalParts => ({
  desk: {
    db,
    sign: signerOf(key.privateKey),
    now: () => {
      looks += 1;
      return clock;
    },
    randomBytes: (length) => randomBytes(length),
  },
  region: client,
  deviceName: 'Koekone',
  ...(until === undefined ? {} : { until }),
});
const request = { protocol: 2, entries: [], signature: '', openings: [] };
const upload = (parts: RenewalParts) => renewingRegion(parts).uploadUseLog('token-0', request);
const held = () => [readState(file.db, 'sessionToken'), readState(file.db, 'refreshToken')];

describe('a token that has run out', () => {
  it('is renewed once, however many ask in both threads, and all of them are answered', async () => {
    const { client, refreshes, letGo } = region(undefined, true);
    const asked = [file.db, second.db, file.db, second.db].map((db) => upload(at(db, client)));
    await expect.poll(() => looks).toBeGreaterThan(8);
    letGo();
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, true]);
    expect(refreshes).toHaveLength(1);
    expect(refreshes[0]).toMatchObject({
      refreshToken: 'refresh-0',
      signature: signerOf(key.privateKey)('punos-refresh:refresh-0'),
    });
    expect(held()).toEqual(['token-1', 'refresh-1']);
    expect(readState(file.db, 'renewal')).toBeNull();
  });

  it('is not shown again when the other thread has renewed it', async () => {
    const { client, refreshes, tokens } = region();
    await upload(at(second.db, client));
    await upload(at(file.db, client));
    expect(refreshes).toHaveLength(1);
    expect(tokens).toEqual(['token-0', 'token-1', 'token-1']);
  });

  it('stays when nobody answers, so that the same pair is asked for again', async () => {
    const { client } = region(async () => err({ kind: 'offline' }));
    expect(await upload(at(file.db, client))).toEqual(err({ kind: 'offline' }));
    expect(held()).toEqual(['token-0', 'refresh-0']);
    expect((await upload(at(second.db, region().client))).ok).toBe(true);
  });

  it('of a session that has ended says so, without a provider to vouch', async () => {
    const { client, refreshes } = region(async () => err(signedOut));
    expect(await upload(at(file.db, client))).toEqual(err(signedOut));
    expect(refreshes).toHaveLength(1);
    expect(readState(file.db, 'renewal')).toBeNull();
  });

  it('is renewed in the place of a thread that died at it, and whatever the clock did', async () => {
    for (const untilMs of [clock - 1, clock + 365 * 86_400_000]) {
      withTransaction(file.db, (db) => {
        writeState(db, 'renewal', { holder: 'dead', untilMs });
        writeState(db, 'sessionToken', 'token-0');
      });
      expect((await upload(at(file.db, region().client))).ok).toBe(true);
    }
    // One that may still be at it is waited for.
    withTransaction(file.db, (db) => {
      writeState(db, 'renewal', { holder: 'other', untilMs: clock + 60_000 });
      writeState(db, 'sessionToken', 'token-0');
    });
    const { client, refreshes } = region();
    const waiting = upload(at(second.db, client));
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before + 2);
    expect(refreshes).toHaveLength(0);
    clock += 60_001;
    expect((await waiting).ok).toBe(true);
  });

  it('leaves the case file alone once the desk is locked', async () => {
    const leaving = new AbortController();
    const { client, refreshes, letGo } = region(undefined, true);
    const under = upload(at(file.db, client, leaving.signal));
    await expect.poll(() => refreshes).toHaveLength(1);
    leaving.abort();
    second.close();
    file.close();
    letGo();
    expect(await under).toEqual(err({ kind: 'offline' }));
  });
});
