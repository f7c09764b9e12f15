import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assertNever } from '#shared/lib/assert-never.ts';
import { newId } from '#shared/domain/ids.ts';
import {
  fillDisk,
  freeDisk,
  goOn,
  isSignedOut,
  isWorking,
  newDevice,
  reopen,
  startRound,
  type Device,
} from './device.ts';
import { tryAgain } from '#main/core/syncing/read-set-aside.ts';
import { edit } from './edits.ts';
import { checkAnswer, checkNothingLost, forgetUnkept, noteWritten } from './invariants.ts';
import type { Answer, Region, Regions } from './region.ts';
import type { Mishearing, Schedule, Step } from './steps.ts';
import type { Message, World } from './world.ts';

/** As many bytes as asked for, the same for the same seed. */
export const chance = (seed: number): ((length: number) => Buffer) => {
  let drawn = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () =>
      createHash('sha256')
        .update(`${seed} ${(drawn += 1)}`)
        .digest(),
    );
    return Buffer.concat(blocks).subarray(0, length);
  };
};

const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)];

const count = (world: World, what: string): void => {
  world.counts[what] = (world.counts[what] ?? 0) + 1;
};

/**
 * Runs the schedule and `check` at its end, when the faults have ended and everybody has exchanged. `plant`
 * puts a fault of the region's own into it, which the checks must then see.
 */
export const runSchedule = async (
  regions: Regions,
  { settings, steps }: Schedule,
  check: (world: World) => Promise<void>,
  plant: (region: Region) => Region = (region) => region,
): Promise<Readonly<Record<string, number>>> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-real-parts-'));
  let steppedMs = Date.UTC(2026, 10, 2, 8);
  const nowMs = (): number => steppedMs;
  const random = chance(settings.seed);
  const region = plant(await regions.start({ processes: settings.processes, nowMs, random }));
  const devices: Device[] = [];
  const world: World = {
    region,
    people: regions.people,
    devices,
    nowMs,
    pass: (ms) => {
      steppedMs += ms;
    },
    random,
    messages: [],
    written: new Map(),
    counts: {},
  };
  try {
    for (let index = 0; index < settings.devices; index += 1) {
      // The first person has two devices; everybody else one.
      const personId = regions.people[Math.max(index - 1, 0)] ?? '';
      const parts = {
        name: `device-${index}`,
        folder,
        nowMs,
        random,
        send: (device: Device) => sendOf(world, device),
        signIn: (device: Parameters<Region['signIn']>[1]) => region.signIn(personId, device),
      };
      devices.push(await newDevice(parts, newId(nowMs(), random)));
    }
    for (const step of steps) {
      world.pass(1_000);
      await take(world, step);
      noteWritten(world);
      await checkNothingLost(world);
    }
    await heal(world);
    await check(world);
    world.counts['kills'] = devices.reduce((sum, { kills }) => sum + kills, 0);
    return world.counts;
  } finally {
    for (const device of devices) device.file.close();
    await region.end();
    fs.rmSync(folder, { recursive: true, force: true });
  }
};

/** The device's way out: the request waits in the world's hands. */
const sendOf =
  (world: World, device: Device): Device['send'] =>
  (url, request) =>
    new Promise((resolve, reject) => {
      const { round } = device;
      world.messages.push({
        device,
        asked: {
          method: request.method ?? 'GET',
          path: url.pathname,
          headers: request.headers as Readonly<Record<string, string>>,
          body: typeof request.body === 'string' ? request.body : null,
        },
        answer: null,
        get waits() {
          return !heard && device.round === round;
        },
        set waits(waits) {
          heard = !waits;
        },
        hear: (answer) => {
          if (answer === null) reject(new TypeError('fetch failed'));
          else resolve(answer);
        },
      });
      let heard = false;
      device.heard?.();
    });

const take = async (world: World, step: Step): Promise<void> => {
  const device = 'device' in step ? pick(world.devices, step.device) : undefined;
  switch (step.do) {
    case 'sync':
      if (device && !isWorking(device)) await startRound(device);
      return;
    case 'exchange':
      if (device) await exchange(world, device);
      return;
    case 'restart':
      if (device) await reopen(device);
      return;
    case 'fill-disk':
      if (device) fillDisk(device);
      return;
    case 'free-disk':
      if (device) freeDisk(device);
      return;
    case 'doom':
      if (device) device.death = { commit: step.commit, after: step.after };
      return;
    case 'clock':
      if (device) device.clockMs = step.ms;
      return;
    case 'pass':
      world.pass(step.ms);
      return;
    case 'deliver': {
      const waiting = world.messages.filter((message) => message.waits && message.answer === null);
      const message = pick(waiting, step.message);
      if (message) await deliver(world, message, step.process);
      return;
    }
    case 'again': {
      const message = pick(world.messages, step.message);
      count(world, 'again');
      if (message) await deliver(world, message, step.process);
      return;
    }
    case 'server-dies': {
      const message = pick(world.messages, step.message);
      count(world, 'server-dies');
      if (message) await deliver(world, message, step.process, step.statement);
      return;
    }
    case 'answer': {
      const answered = world.messages.filter((message) => message.waits && message.answer !== null);
      const message = pick(answered, step.message);
      if (message?.answer) await hear(message, asResponse(message.answer));
      return;
    }
    case 'mishear': {
      const message = pick(
        world.messages.filter(({ waits }) => waits),
        step.message,
      );
      count(world, step.as);
      if (message?.asked.path === '/v1/push' && message.answer?.status === 200) {
        count(world, 'cutReplies');
      }
      if (message) await hear(message, misheard(step.as, message.answer));
      return;
    }
    case 'back-up':
      await world.region.backUp();
      return;
    case 'restore':
      noteWritten(world);
      if (await world.region.restore()) {
        count(world, 'restores');
        await forgetUnkept(world);
      }
      return;
    default:
      if (device) {
        count(world, 'edits');
        await edit(world, device, step);
      }
  }
};

const deliver = async (
  world: World,
  message: Message,
  process: number,
  diesBefore?: number,
): Promise<void> => {
  count(world, 'requests');
  const answer = await world.region.ask(process, message.asked, diesBefore);
  if (answer === null) return;
  await checkAnswer(world, message.device, message.asked, answer);
  message.answer = answer;
};

const hear = (message: Message, answer: Response | null): Promise<void> => {
  message.waits = false;
  return goOn(message.device, () => message.hear(answer));
};

export const asResponse = ({ status, headers, body }: Answer): Response =>
  new Response(status === 204 ? null : body, { status, headers });

const page = (status: number): Response =>
  new Response('<h1>WLAN</h1>', { status, headers: { 'content-type': 'text/html' } });

const misheard = (as: Mishearing, answer: Answer | null): Response | null => {
  switch (as) {
    case 'nothing':
      return null;
    case 'html':
      return page(200);
    case 'error-500':
      return page(500);
    case 'error-502':
      return page(502);
    case 'empty':
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    case 'cut': {
      const body = answer?.body ?? '{"epoch":"';
      const half = body.slice(0, body.length / 2);
      return new Response(half, { headers: { 'content-type': 'application/json' } });
    }
    default:
      return assertNever(as);
  }
};

/** The device's rounds to their end, without faults. */
const exchange = async (world: World, device: Device): Promise<void> => {
  if (!isWorking(device)) await startRound(device);
  while (isWorking(device)) {
    const message = world.messages.findLast((one) => one.device === device && one.waits);
    if (!message) throw new Error('A round waits for nothing');
    if (message.answer === null) await deliver(world, message, 0);
    if (message.answer === null) throw new Error('No answer');
    await hear(message, asResponse(message.answer));
  }
};

/** The faults end, and everybody exchanges until nothing changes any more. */
const heal = async (world: World): Promise<void> => {
  for (const device of world.devices) {
    freeDisk(device);
    device.death = null;
    // A round that heard a fault may still end by it; those that begin from here on may not.
    if (isWorking(device)) await exchange(world, device);
  }
  let before = '';
  for (let turn = 0; turn < 40; turn += 1) {
    for (const device of world.devices) {
      world.pass(6 * 60_000);
      // As a person who asks for what a server stumbled over (N7): its own pauses grow to a day.
      if (!isWorking(device)) tryAgain(device.desk);
      await exchange(world, device);
      if (isSignedOut(device)) await exchange(world, device);
      const ended = device.round?.ended;
      if (ended && ended !== 'killed' && 'error' in ended) {
        throw new Error(`${device.name} cannot sync: ${JSON.stringify(ended.error)}`);
      }
    }
    noteWritten(world);
    await checkNothingLost(world);
    const mark = JSON.stringify(
      await Promise.all([
        world.region.look().query('SELECT last_seq FROM region_state'),
        ...world.devices.map(({ file }) =>
          Promise.resolve(
            file.db.all(
              `SELECT (SELECT count(*) FROM change) AS changes, (SELECT count(*) FROM scope) AS scopes,
                (SELECT count(*) FROM outbox WHERE refused IS NULL) AS waiting,
                (SELECT count(*) FROM erased_scope) AS erased`,
            ),
          ),
        ),
      ]),
    );
    if (mark === before) return;
    before = mark;
  }
  throw new Error('The devices never come to rest');
};
