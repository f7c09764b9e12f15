import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId, type Id } from '#shared/domain/ids.ts';
import { newDevice, startRound } from '../../sync/real-parts/device.ts';
import { checkHealed, checkNothingLost, noteWritten } from '../../sync/real-parts/invariants.ts';
import type { Region, Regions } from '../../sync/real-parts/region.ts';
import { asResponse, chance } from '../../sync/real-parts/run-schedule.ts';
import type { World } from '../../sync/real-parts/world.ts';
import { judged, type Age, type SkewChange } from '../../sync/version-skew.ts';
import { dice } from '../dice.ts';
import type { Counts } from '../fault-run.ts';
import { foundClient, work, type Desk, type Hands } from './hands.ts';
import { programAt, speakAs } from './program-ages.ts';

/**
 * A region and five desks of different versions of the program (program-ages.ts): real case files, the
 * program's own commands and sync round, the region's own server on PostgreSQL. One of them works at a time,
 * so each can be of an age of its own.
 */
export type Mixture = {
  /** Two desks of the one, two of the other; the fifth is the founder's, of the program as it is. */
  readonly writer: Age;
  readonly editor: Age;
  /** Never older than the program as it is; perhaps not updated before the devices, as it should (V7). */
  readonly region: Exclude<Age, 'older'>;
  /** Written at those four desks; before them come the founder's. */
  readonly changes: number;
  readonly seed: number;
  /** As what a program of that age runs, where a test plants a fault. */
  readonly speaks?: (age: Age) => Age;
};

const clients = 2;

type Mixed = { readonly world: World; readonly hands: Hands; readonly desks: Desk[] };

/** Throws when the devices do not agree at the end, or what the region holds was altered. */
export const mixVersions = async (regions: Regions, mixture: Mixture): Promise<Counts> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-versions-'));
  const random = chance(mixture.seed);
  let steppedMs = Date.UTC(2026, 10, 2, 8);
  const nowMs = (): number => steppedMs;
  const region = await regions.start({ processes: 1, nowMs, random });
  const mixed: Mixed = {
    world: {
      region,
      people: regions.people,
      devices: [],
      nowMs,
      pass: (ms) => {
        steppedMs += ms;
      },
      random,
      messages: [],
      written: new Map(),
      counts: {},
    },
    hands: {
      roll: dice(mixture.seed),
      region: mixture.region,
      records: [],
      counts: { changes: 0, carried: 0, locked: 0, needlessly: 0, unwritable: 0, settled: 0 },
    },
    desks: [],
  };
  try {
    const desks = await openDesks(mixed, mixture, folder);
    return await workAt(mixed, desks, mixture);
  } finally {
    speakAs('present');
    for (const { device } of mixed.desks) device.file.close();
    await region.end();
    fs.rmSync(folder, { recursive: true, force: true });
  }
};

/** The region is of its own age while it answers, and the device of its own when it hears. */
const sendBetween =
  (region: Region, regionSpeaks: Age, deviceSpeaks: Age) =>
  async (url: URL, request: RequestInit): Promise<Response> => {
    speakAs(regionSpeaks);
    const answer = await region.ask(0, {
      method: request.method ?? 'GET',
      path: url.pathname,
      headers: request.headers as Readonly<Record<string, string>>,
      body: typeof request.body === 'string' ? request.body : null,
    });
    speakAs(deviceSpeaks);
    if (!answer || answer.status >= 500) throw new Error(`The region: ${answer?.body}`);
    return asResponse(answer);
  };

const openDesks = async (
  { world, desks }: Mixed,
  { writer, editor, region, speaks = (age) => age }: Mixture,
  folder: string,
): Promise<readonly [Desk, Desk, Desk, Desk, Desk]> => {
  const open = async (name: string, age: Age): Promise<Desk> => {
    const personId = world.people[desks.length] ?? '';
    const parts = {
      name,
      folder,
      nowMs: world.nowMs,
      random: world.random,
      send: () => sendBetween(world.region, region, speaks(age)),
      signIn: (introduction: Parameters<Region['signIn']>[1]) =>
        world.region.signIn(personId, introduction),
    };
    const device = await newDevice(parts, newId(world.nowMs(), world.random));
    const desk = { age, speaks: speaks(age), device };
    desks.push(desk);
    return desk;
  };
  return [
    await open('founder', 'present'),
    await open('writer-1', writer),
    await open('writer-2', writer),
    await open('editor-1', editor),
    await open('editor-2', editor),
  ];
};

const exchange = async (world: World, { speaks, device }: Desk): Promise<void> => {
  noteWritten(world);
  speakAs(speaks);
  await startRound(device);
  const ended = device.round?.ended;
  if (!ended || ended === 'killed' || !('ok' in ended) || !ended.ok) {
    throw new Error(`${device.name} cannot sync: ${JSON.stringify(ended)}`);
  }
};

const workAt = async (
  { world: empty, hands }: Mixed,
  desks: readonly [Desk, Desk, Desk, Desk, Desk],
  { changes }: Mixture,
): Promise<Counts> => {
  const [founder, ...others] = desks;
  const world: World = { ...empty, devices: desks.map(({ device }) => device) };
  const exchangeAll = async (): Promise<void> => {
    for (const desk of desks) await exchange(world, desk);
  };
  for (let each = 0; each < clients; each += 1) {
    foundClient(hands, founder, world.people.slice(1, desks.length), Math.ceil(changes / 80));
  }
  await exchangeAll();
  hands.counts.changes = 0;
  for (let step = 0; hands.counts.changes < changes && step < changes * 20; step += 1) {
    world.pass(1_000);
    const desk = others[hands.roll(others.length)] ?? founder;
    if (hands.roll(6) === 0) await exchange(world, desk);
    else work(hands, desk);
  }
  // What was sent in the first turn has come to everybody by the second, and its receipts by the third.
  for (let turn = 0; turn < 3; turn += 1) await exchangeAll();
  speakAs('newer');
  await checkNothingLost(world);
  await checkHealed(world);
  const ages = new Map(desks.map(({ age, device }) => [device.desk.person.id, age]));
  const stored = await storedBy(world, ages);
  return {
    ...hands.counts,
    ...world.counts,
    ...judged(stored, programAt),
    unknownToRegion: [...stored.values()].filter((change) => isUnknownTo(hands.region, change))
      .length,
  };
};

/** The region's log, each change with the age of the program that wrote it. */
const storedBy = async (
  { region }: World,
  ages: ReadonlyMap<Id, Age>,
): Promise<ReadonlyMap<Id, SkewChange>> => {
  const log = await region.look().query<Omit<SkewChange, 'age'> & { readonly authorId: Id }>(
    `SELECT change_id AS id, record_id AS "recordId", kind, grp AS "group", value, parents, schema,
       author_id AS "authorId" FROM change_log`,
  );
  return new Map(
    log.map((change) => [change.id, { ...change, age: ages.get(change.authorId) ?? 'present' }]),
  );
};

/** Whether it holds a field that the program of that age does not know. */
const isUnknownTo = (age: Age, { kind, group, value }: SkewChange): boolean => {
  const known = programAt(age).groupOf(kind, group);
  return Object.keys(value).some((field) => known?.fields.has(field) !== true);
};
