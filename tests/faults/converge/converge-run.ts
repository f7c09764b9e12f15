import { setTimeout as rest } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { jointPlan } from '#shared/domain/codes.ts';
import type { CallArguments } from '#shared/contract/calls.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { foundClient } from '../../region/wire-device.ts';
import { testDatabase, type TestDatabase } from '../../region/test-database.ts';
import { eventually, shownHeads } from '../../story/desks.ts';
import type { Fate } from '../../story/lossy-proxy.ts';
import { startRegionWorld, type LinedDesk, type RegionWorld } from '../../story/region-world.ts';
import { said } from '../../story/said.ts';
import { dice } from '../dice.ts';
import type { Counts, FaultRun } from '../fault-run.ts';
import { DeskGone, startingProcesses, type DeskProcess } from './desk-process.ts';

export type ConvergeSize = {
  readonly desks: number;
  readonly clients: number;
  readonly changes: number;
  readonly faults: number;
};

const kinds = ['kill', 'pause', 'partition', 'one-way', 'late', 'cut', 'errors', 'region'] as const;
type Kind = (typeof kinds)[number];

const fates: Readonly<Partial<Record<Kind, Fate>>> = {
  'one-way': 'drop-reply',
  late: 'late',
  cut: 'cut',
  errors: 'error-502',
};

/** Queues are to be empty so soon after the faults have ended. */
const dueMs = 10_000;
const patienceMs = 600_000;

type Edits = CallArguments<'records.write'>['edits'];
type Roll = ReturnType<typeof dice>;

type Desk = { readonly lined: LinedDesk; program: DeskProcess };

const anId = (): Id => newId(Date.now(), (length) => randomBytes(length));

/**
 * Real cores in processes of their own, lines that fail, and a real server over real PostgreSQL. At the end
 * everybody must have everything that was acknowledged, once, and see the same.
 */
export const converge = async (
  openDatabase: () => Promise<TestDatabase>,
  seed: number,
  size: ConvergeSize,
): Promise<Counts> => {
  const roll = dice(seed);
  const world = await startRegionWorld(openDatabase);
  try {
    const founder = await world.wire(await world.newPerson('perustaja'));
    const desks = await startDesks(world, size.desks);
    const cases: Id[] = [];
    for (let client = 0; client < size.clients; client += 1) {
      const { caseId } = await foundClient(founder);
      for (const { lined } of desks) await world.letIn(founder, caseId, lined.person);
      cases.push(caseId);
    }
    for (const { lined } of desks) {
      await eventually(
        'every client on the desk',
        async () => {
          await lined.desk().get('sync.now', {});
          for (const caseId of cases) {
            if (!(await lined.desk().call('clients.open', { caseId, from: 'list' })).ok)
              return false;
          }
          return true;
        },
        patienceMs,
      );
    }
    const work = startWork(desks, cases, roll);
    const faults = await inflict(world, desks, work, roll, size);
    const { written, unsure } = work;
    const healed = performance.now();
    for (const { lined } of desks) {
      lined.line.decide(() => 'pass');
      lined.line.setOnline(true);
      await lined.desk().get('sync.now', {});
    }
    for (const { lined } of desks) {
      await eventually(
        'the queue empty',
        async () => (await lined.desk().get('sync.status', {})).waiting === 0,
        patienceMs,
      );
    }
    const emptyMs = performance.now() - healed;
    const diverged = await countDiverged(desks, cases);
    const rows = await world.database.db.query<{ id: Id; recordId: Id }>(
      `SELECT change_id AS id, record_id AS "recordId" FROM change_log
       WHERE kind = 'need' AND device_id <> $1`,
      [founder.id],
    );
    const there = new Set(rows.map(({ id }) => id));
    return {
      changes: written.size,
      faults: Object.values(faults).reduce((sum, count) => sum + count, 0),
      ...faults,
      lost: [...written].filter((id) => !there.has(id)).length,
      // What is there without having been acknowledged was being written when its program was killed.
      doubled: rows.filter(({ id, recordId }) => !written.has(id) && !unsure.has(recordId)).length,
      diverged,
      slowQueues: emptyMs > dueMs ? 1 : 0,
      worstQueueMs: Math.round(emptyMs),
    };
  } finally {
    await world.end();
  }
};

const startDesks = async (world: RegionWorld, count: number): Promise<readonly Desk[]> => {
  const desks: Desk[] = [];
  for (let index = 0; index < count; index += 1) {
    const person = await world.newPerson(`tyontekija${index}`);
    let program: DeskProcess | null = null;
    const start = startingProcesses((started) => {
      program = started;
      const known = desks[index];
      if (known) known.program = started;
    });
    const lined = await world.newDesk(person, undefined, undefined, start);
    if (!program) throw new Error('The desk did not start');
    desks.push({ lined, program });
  }
  return desks;
};

/** Writing by hand, a few edits at once, on top of what the desk shows or of nothing. */
const startWork = (desks: readonly Desk[], cases: readonly Id[], roll: Roll) => {
  const written = new Set<Id>();
  const unsure = new Set<Id>();
  const editsOver = async ({ lined }: Desk, caseId: Id): Promise<Edits> => {
    const { records } = await lined.desk().get('clients.open', { caseId, from: 'list' });
    const needs = records.filter((record) => record.kind === 'need');
    return [needs[roll(needs.length)]].flatMap((need) =>
      need
        ? [
            {
              recordId: need.id,
              kind: 'need',
              compartment: jointPlan,
              group: 'assessment',
              value: { text: `Alku. Lause ${roll(1_000)}. Loppu ${roll(3)}.` },
              basedOn: shownHeads(need, 'assessment'),
            },
          ]
        : [],
    );
  };
  const newNeeds = (count: number): Edits =>
    Array.from({ length: count }, () => ({
      recordId: anId(),
      kind: 'need',
      compartment: jointPlan,
      group: 'assessment',
      value: { text: `Alku. Toinen. Kolmas ${roll(1_000)}.` },
      basedOn: [],
    }));
  return {
    written,
    unsure,
    write: async (most: number): Promise<void> => {
      const desk = desks[roll(desks.length)];
      const caseId = cases[roll(cases.length)];
      if (!desk || caseId === undefined) return;
      const edits = roll(3) === 0 ? await editsOver(desk, caseId) : newNeeds(1 + roll(most));
      for (const { recordId } of edits) unsure.add(recordId);
      const saved = await desk.lined.desk().get('records.write', { caseId, edits });
      for (const { changeId } of saved.changes) written.add(changeId);
      for (const { recordId } of edits) unsure.delete(recordId);
    },
  };
};

/** Faults one after the other, each for a moment, while everybody works. */
const inflict = async (
  world: RegionWorld,
  desks: readonly Desk[],
  work: ReturnType<typeof startWork>,
  roll: Roll,
  size: ConvergeSize,
): Promise<Counts> => {
  const counts: Record<string, number> = {};
  const workFor = async (changes: number): Promise<void> => {
    while (work.written.size < Math.min(changes, size.changes)) await work.write(20);
  };
  for (let fault = 0; fault < size.faults; fault += 1) {
    const kind = kinds[roll(kinds.length)] ?? 'kill';
    const desk = desks[roll(desks.length)];
    if (!desk) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    const until = Math.ceil(((fault + 1) * size.changes) / size.faults);
    switch (kind) {
      case 'kill': {
        // Killed in the middle of a write: what was not acknowledged may be there or not.
        const writing = work.write(20).catch((error: unknown) => {
          if (!(error instanceof DeskGone)) throw error;
        });
        await rest(roll(15));
        await desk.program.kill();
        await writing;
        await desk.lined.reopen();
        break;
      }
      case 'pause':
        desk.program.pause();
        await rest(200 + roll(800));
        desk.program.resume();
        break;
      case 'region':
        await world.restartRegion();
        break;
      case 'partition':
        desk.lined.line.setOnline(false);
        await workFor(until);
        desk.lined.line.setOnline(true);
        break;
      default: {
        const fate = fates[kind] ?? 'pass';
        desk.lined.line.decide(() => fate);
        await workFor(until);
        desk.lined.line.decide(() => 'pass');
      }
    }
    await workFor(until);
  }
  return counts;
};

/** How many clients are not the same on every desk, once all have come to rest. */
const countDiverged = async (desks: readonly Desk[], cases: readonly Id[]): Promise<number> => {
  const unlike = async (caseId: Id): Promise<boolean> => {
    const views = await Promise.all(desks.map(({ lined }) => said(lined.desk(), caseId)));
    return new Set(views.map((view) => canonicalJson(view))).size > 1;
  };
  let diverged: readonly Id[] = cases;
  await eventually(
    'every desk alike',
    async () => {
      for (const { lined } of desks) await lined.desk().get('sync.now', {});
      const still: Id[] = [];
      for (const caseId of diverged) if (await unlike(caseId)) still.push(caseId);
      diverged = still;
      return diverged.length === 0;
    },
    dueMs * 6,
  ).catch(() => null);
  return diverged.length;
};

/** A4: devices converge. */
export const devicesConverge: FaultRun = {
  name: 'A4',
  promise: 'Devices converge',
  parts: 20,
  never: ['lost', 'doubled', 'diverged'],
  start: async ({ folder }) => ({
    part: (seed) =>
      converge(() => testDatabase(20, folder), seed, {
        desks: 10,
        clients: 20,
        changes: 10_000,
        faults: 50,
      }),
    end: async () => {},
  }),
};
