import type { Id } from '#shared/domain/ids.ts';
import {
  copyOf,
  newDevice,
  pullRequest,
  pushRequest,
  restartDevice,
  takeReply,
  type Device,
} from './device.ts';
import { edit, type EditStep } from './edits.ts';
import { checkDevice, checkEverything } from './invariants.ts';
import {
  acceptReview,
  backUp,
  giveMembership,
  highWater,
  newRegion,
  pull,
  push,
  restore,
  takeMembership,
  takeStep,
  type Region,
} from './region.ts';
import type { Reply, Request, Written } from './wire.ts';

/** What can happen. Numbers pick from what there is at that moment, so every schedule means something. */
export type Step =
  | EditStep
  | { readonly do: 'push' | 'pull' | 'restart'; readonly device: number }
  | { readonly do: 'deliver' | 'drop' | 'repeat'; readonly message: number }
  /** Something that is no answer of the region comes in its place: the device learns nothing. */
  | { readonly do: 'mishear'; readonly message: number }
  | { readonly do: 'exchange'; readonly device: number }
  /** Requests arrive and answers do not, until the line is whole again; a full disk takes nothing. */
  | { readonly do: 'one-way' | 'both-ways' | 'disk-full' | 'disk-free'; readonly device: number }
  | { readonly do: 'give' | 'take'; readonly device: number; readonly client: number }
  | { readonly do: 'accept'; readonly pick: number }
  /** Another computer goes on with a copy of all that lies on this one; or one of two is never seen again. */
  | { readonly do: 'copy' | 'lose'; readonly device: number }
  | { readonly do: 'clock'; readonly device: number; readonly ms: number }
  | { readonly do: 'restart-region' | 'back-up' | 'restore' };

type Message = { readonly number: number; readonly device: Device } & (
  | { readonly to: 'region'; readonly request: Request }
  | { readonly to: 'device'; readonly request: Request; readonly reply: Reply }
);

export type World = {
  readonly region: Region;
  devices: readonly Device[];
  /** On its way, in no order that anybody may rely on. */
  network: Message[];
  /** Everything anybody ever wrote. */
  readonly written: Map<Id, Written>;
  /** Changes that no device keeps any more, because the only one that had them is gone with its disk. */
  readonly gone: Set<Id>;
  requests: number;
  /** Devices whose answers are lost on their way. */
  readonly deaf: Set<Device>;
  /** Devices whose disk is full: each of their transactions fails as a whole. */
  readonly full: Set<Device>;
  readonly planted: Planted;
  readonly pageSize: number;
  readonly batchSize: number;
};

export type Settings = {
  readonly devices: number;
  readonly pageSize: number;
  readonly batchSize: number;
};

/** A fault of the rules themselves, put in by a test that must see it found. */
export type Planted = {
  /** Answers to pushes that were given up are listened to. */
  readonly hearsLate?: boolean;
  /** A copy's steps are taken like the device's own. */
  readonly takesEveryStep?: boolean;
  readonly sent?: (device: Device, request: Request) => void;
  readonly answered?: (world: World, request: Request) => void;
  readonly heard?: (device: Device, request: Request, reply: Reply) => Reply;
  readonly taken?: (device: Device, before: Device) => void;
};

/** The first person has two devices; everybody else one. */
export const newWorld = (settings: Settings, planted: Planted = {}): World => ({
  region: newRegion(),
  devices: Array.from({ length: settings.devices }, (_, index) =>
    newDevice(`device-${index}`, `person-${Math.max(index - 1, 0)}`),
  ),
  network: [],
  written: new Map(),
  gone: new Set(),
  requests: 0,
  deaf: new Set(),
  full: new Set(),
  planted,
  pageSize: settings.pageSize,
  batchSize: settings.batchSize,
});

const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)];

export const run = (settings: Settings, steps: readonly Step[], planted: Planted = {}): World => {
  const world = newWorld(settings, planted);
  for (const step of steps) {
    take(world, step);
    checkEverything(world);
  }
  heal(world);
  return world;
};

const take = (world: World, step: Step): void => {
  const { region } = world;
  const device = 'device' in step ? pick(world.devices, step.device) : undefined;
  switch (step.do) {
    case 'push':
    case 'pull':
      if (device) send(world, device, step.do);
      return;
    case 'exchange':
      if (device) exchange(world, device);
      return;
    case 'restart':
      if (device) restartDevice(device);
      return;
    case 'copy':
      if (device && world.devices.length < mostDevices)
        world.devices = [...world.devices, copyOf(device)];
      return;
    case 'lose':
      if (device) lose(world, device);
      return;
    case 'one-way':
      if (device) world.deaf.add(device);
      return;
    case 'both-ways':
      if (device) world.deaf.delete(device);
      return;
    case 'disk-full':
      if (device) world.full.add(device);
      return;
    case 'disk-free':
      if (device) world.full.delete(device);
      return;
    case 'mishear': {
      const message = pick(world.network, step.message);
      if (message?.to === 'device') giveUp(world, message);
      return;
    }
    case 'deliver':
    case 'repeat': {
      const message = pick(world.network, step.message);
      if (!message) return;
      if (step.do === 'deliver') remove(world, message);
      arrive(world, message);
      return;
    }
    case 'drop': {
      const message = pick(world.network, step.message);
      if (message) remove(world, message);
      return;
    }
    case 'restart-region':
      world.network = [];
      return;
    case 'give':
    case 'take': {
      const caseId = pick([...region.members.keys()], step.client);
      if (!device || !caseId) return;
      if (step.do === 'give') giveMembership(region, caseId, device.person);
      else takeMembership(region, caseId, device.person);
      return;
    }
    case 'accept':
      acceptReview(region, step.pick);
      return;
    case 'back-up':
      backUp(region);
      return;
    case 'restore':
      restore(region);
      return;
    case 'clock':
      if (device) device.wallClockMs += step.ms;
      return;
    default:
      if (device && !world.full.has(device)) edit(world.written, device, step);
  }
};

const mostDevices = 8;

/** A disk that is gone. Only of a person who has another one: somebody must be left to go on. */
const lose = (world: World, device: Device): void => {
  const others = world.devices.filter((other) => other !== device);
  if (!others.some(({ person }) => person === device.person)) return;
  world.devices = others;
  for (const id of device.own.keys())
    if (!others.some(({ own }) => own.has(id))) world.gone.add(id);
};

/** The device waits no more for the answer to this request. */
const giveUp = (world: World, message: Message): void => {
  remove(world, message);
  const { device, number } = message;
  if (device.waitsFor === number) device.waitsFor = null;
};

const remove = (world: World, message: Message): void => {
  world.network = world.network.filter((other) => other !== message);
};

/** A device has one request under way; a later one means that it has given the earlier up. */
const send = (world: World, device: Device, type: 'push' | 'pull'): void => {
  const number = world.requests + 1;
  const mark = `mark-${number}`;
  const request =
    type === 'push' ? pushRequest(device, world.batchSize, mark) : pullRequest(device, mark);
  if (!request) return;
  world.requests = number;
  device.waitsFor = number;
  world.network.push({ number, to: 'region', device, request });
  world.planted.sent?.(device, request);
};

const arrive = (world: World, message: Message): void => {
  if (message.to === 'region') {
    const { number, device, request } = message;
    const reply = answer(world, device, request);
    world.planted.answered?.(world, request);
    if (world.deaf.has(device)) return;
    world.network.push({ number, to: 'device', device, request, reply });
    return;
  }
  const { device, request, reply } = message;
  const waits = device.waitsFor === message.number;
  if (!waits && !(world.planted.hearsLate && request.type === 'push')) return;
  device.waitsFor = null;
  if (world.full.has(device)) return;
  const before = { ...device };
  const heard = world.planted.heard?.(device, request, reply) ?? reply;
  takeReply(device, request, heard, `device-after-${world.requests}-${message.number}`);
  world.planted.taken?.(device, before);
  checkDevice(world, device);
};

const answer = (world: World, device: Device, request: Request): Reply => {
  const { region } = world;
  if (!takeStep(region, request) && !world.planted.takesEveryStep) return { type: 'copied' };
  return request.type === 'push'
    ? {
        type: 'push',
        receipts: push(region, device.person, request.changes),
        epoch: region.epoch,
      }
    : {
        type: 'pull',
        page: pull(region, request.from, device.person, request.ask, world.pageSize),
        epoch: region.epoch,
      };
};

/** A whole push and pull without faults, while other messages stay on their way. */
const exchange = (world: World, device: Device): void => {
  for (const type of ['push', 'pull'] as const) {
    send(world, device, type);
    for (let leg = 0; leg < 2; leg += 1) {
      const message = world.network.find(
        (one) => one.device === device && one.number === device.waitsFor,
      );
      if (!message) break;
      remove(world, message);
      arrive(world, message);
    }
  }
};

/** The faults end: what is on its way arrives, and everybody exchanges until nothing changes any more. */
const heal = (world: World): void => {
  world.deaf.clear();
  world.full.clear();
  while (world.network.length > 0) take(world, { do: 'deliver', message: 0 });
  const mark = (): string =>
    JSON.stringify([
      highWater(world.region),
      world.devices.map((device) => [
        device.id,
        device.epoch,
        device.through,
        device.delivered.changes.size,
        device.held.size,
        device.erased.size,
        [...device.own.values()].filter((row) => row.verdict === null).length,
      ]),
    ]);
  const waiting = (): boolean => world.devices.some((device) => device.more);
  for (let round = 0, before = ''; round < 1_000; round += 1) {
    if (mark() === before && !waiting()) return;
    before = mark();
    for (const device of world.devices) exchange(world, device);
    checkEverything(world);
  }
  throw new Error('the devices never come to rest');
};
