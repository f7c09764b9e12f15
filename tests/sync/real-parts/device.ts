import path from 'node:path';
import type { Id } from '#shared/domain/ids.ts';
import type { DeviceIntroduction } from '#shared/protocol/session.ts';
import type { SignInResponse } from '#shared/protocol/session.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { withTransaction } from '#main/db/handles.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '#main/core/desk.ts';
import { newDeviceKey, signerOf } from '#main/core/session/device-key.ts';
import type { SendRequest } from '#main/core/syncing/compressed-fetch.ts';
import { httpRegionClient } from '#main/core/syncing/http-region-client.ts';
import type { RegionClient } from '#main/core/syncing/region-client.ts';
import type { RoundTrouble } from '#main/core/syncing/round-trouble.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import type { Result } from '#shared/lib/result.ts';
import { cheapArgon2 } from '../../story/desks.ts';
import { deathWaiting, killAt, Killed, type Death } from './mortal-driver.ts';

const secret = 'koe';

/** One person's real case file, with the sync round that works on it when there is one. */
export type Device = {
  readonly name: string;
  readonly path: string;
  file: CaseFile;
  desk: Desk;
  token: string;
  /** How far this computer's clock is from the world's, milliseconds. */
  clockMs: number;
  /** The highest reading of its clock so far. */
  highestMs: number;
  /** When the program will be killed: in what it does next. */
  death: Death | null;
  kills: number;
  round: Round | null;
  /** Tells whoever waits that the round has asked something or has ended. */
  heard: (() => void) | null;
  readonly send: SendRequest;
  /** The person signs in again, as after a restore (E4). */
  readonly signIn: () => Promise<void>;
};

export type Round = { ended: RoundEnd | null };
export type RoundEnd = Result<void, RoundTrouble> | 'killed' | { readonly mistake: unknown };

export type DeviceParts = {
  readonly name: string;
  readonly folder: string;
  readonly nowMs: () => number;
  readonly random: (length: number) => Buffer;
  readonly send: (device: Device) => SendRequest;
  readonly signIn: (device: DeviceIntroduction) => Promise<SignInResponse>;
};

export const newDevice = async (parts: DeviceParts, id: Id): Promise<Device> => {
  const key = newDeviceKey();
  const introduction = { id, publicKey: key.publicKey, name: parts.name };
  const signedIn = await parts.signIn(introduction);
  const file = path.join(parts.folder, `${parts.name}.db`);
  const made = await createCaseFile({
    path: file,
    secrets: { secret, keyChainSecret: null },
    personId: signedIn.person.id,
    deviceId: id,
    createdAtMs: parts.nowMs(),
    argon2: cheapArgon2,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const kept = withTransaction(made.value.db, (db) => writeState(db, 'deviceKey', key.privateKey));
  if (!kept.ok) throw new Error(JSON.stringify(kept.error));
  const device: Device = {
    name: parts.name,
    path: file,
    file: made.value,
    desk: {
      db: made.value.db,
      person: signedIn.person,
      deviceId: id,
      sign: signerOf(key.privateKey),
      now: () => {
        const reading = Math.max(0, parts.nowMs() + device.clockMs);
        device.highestMs = Math.max(device.highestMs, reading);
        return reading;
      },
      randomBytes: (length) => parts.random(length),
    },
    token: signedIn.token,
    clockMs: 0,
    highestMs: 0,
    death: null,
    kills: 0,
    round: null,
    heard: null,
    send: (url, request) => parts.send(device)(url, request),
    signIn: async () => {
      device.token = (await parts.signIn(introduction)).token;
    },
  };
  return device;
};

/** Closes the program in whatever it was doing and opens it again; what it waited for is never heard. */
export const reopen = async (device: Device): Promise<void> => {
  device.round = null;
  device.heard = null;
  device.death = null;
  killAt(null);
  device.file.close();
  const opened = await openCaseFile({
    path: device.path,
    secrets: { secret, keyChainSecret: null },
  });
  if (!opened.ok) throw new Error(`${device.name}: ${JSON.stringify(opened.error)}`);
  device.file = opened.value;
  device.desk = { ...device.desk, db: opened.value.db };
};

/** Work of the person at the device. Null: the program was killed in it; what it had saved is saved. */
export const atDevice = async <T>(device: Device, work: (desk: Desk) => T): Promise<T | null> => {
  killAt(device.death);
  try {
    return work(device.desk);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    device.kills += 1;
    await reopen(device);
    return null;
  } finally {
    device.death = deathWaiting();
    killAt(null);
  }
};

/**
 * Lets the device's round go on by `push` until it asks the region something or ends; of a program that is
 * killed on the way, nothing goes on, and it is opened again.
 */
export const goOn = async (device: Device, push: () => void): Promise<void> => {
  killAt(device.death);
  const settled = new Promise<void>((resolve) => {
    device.heard = resolve;
  });
  push();
  await settled;
  device.death = deathWaiting();
  killAt(null);
  const ended = device.round?.ended;
  if (ended === 'killed') {
    device.kills += 1;
    await reopen(device);
  } else if (ended && 'mistake' in ended) throw ended.mistake;
};

export const startRound = async (device: Device): Promise<void> => {
  if (isSignedOut(device)) await device.signIn();
  const round: Round = { ended: null };
  device.round = round;
  const client = httpRegionClient('http://region.invalid', undefined, device.send);
  await goOn(device, () => {
    const tellEnd = async (): Promise<void> => {
      const ended = await roundOf(device, client);
      if (device.round !== round) return;
      round.ended = ended;
      device.heard?.();
    };
    void tellEnd();
  });
};

const roundOf = async (device: Device, client: RegionClient): Promise<RoundEnd> => {
  try {
    return await syncRound(device.desk, client, device.token, {
      onApplied: () => {},
      onEntering: () => {},
      shouldStop: () => false,
      mayFetch: () => true,
    });
  } catch (error) {
    return error instanceof Killed ? 'killed' : { mistake: error };
  }
};

export const isSignedOut = ({ round }: Device): boolean => {
  const ended = round?.ended;
  if (!ended || ended === 'killed' || !('error' in ended)) return false;
  return ended.error.kind === 'refused' && ended.error.code === 'signed-out';
};

/** Whether a round is under way, waiting for an answer. */
export const isWorking = (device: Device): boolean => device.round?.ended === null;

/**
 * The disk is full: nothing that makes the case file grow can be stored, and the transaction that tried
 * fails as a whole. SQLite itself says so.
 */
export const fillDisk = ({ file }: Device): void => {
  const pages = file.db.value<number>('PRAGMA page_count') ?? 0;
  file.db.value(`PRAGMA max_page_count = ${pages}`);
};

export const freeDisk = ({ file }: Device): void => {
  file.db.value('PRAGMA max_page_count = 4294967294');
};
