import { checkHealed } from '../sync/real-parts/invariants.ts';
import { prepareRegions } from '../sync/real-parts/region.ts';
import { runSchedule } from '../sync/real-parts/run-schedule.ts';
import { beginning } from '../sync/real-parts/schedules.ts';
import { mishearings, type Schedule, type Step } from '../sync/real-parts/steps.ts';
import { dice } from './dice.ts';
import type { FaultRun } from './fault-run.ts';

/**
 * Promises that need a schedule of their own, on the program's real parts: tests/sync/real-parts says what
 * can happen there and what must hold after every step.
 */

type Dice = ReturnType<typeof dice>;

const hands = ['assess', 'status', 'order', 'new-need', 'settle'] as const;

const someEdit = (roll: Dice, devices: number): Step => ({
  do: hands[roll(hands.length)] ?? 'assess',
  device: roll(devices),
  a: roll(31),
  b: roll(31),
});

/** What of an answer is a loss on its way: a 500 says that the server stumbled, which has rules of its own (N6). */
const losses = mishearings.filter((as) => as !== 'error-500');

/** A6: each edit is sent, stored and answered, and the answer is lost on its way back. */
export const cutReplies = (seed: number, cuts: number): Schedule => {
  const roll = dice(seed);
  const lost = losses.flatMap((as) => (as === 'cut' ? [as, as, as] : [as]));
  const settled = [0, 1, 2].map((device): Step => ({ do: 'exchange', device }));
  const steps: Step[] = [...beginning, ...settled];
  for (let cut = 0; cut < cuts; cut += 1) {
    // Each says something new: an edit that says what stands already sends nothing.
    const edit = { do: 'assess', device: roll(3), a: cut, b: roll(31) } as const;
    const { device } = edit;
    steps.push(
      edit,
      { do: 'sync', device },
      { do: 'deliver', message: 0, process: roll(2) },
      { do: 'mishear', message: 0, as: lost[roll(lost.length)] ?? 'cut' },
      // A round of which one answer was lost may go on to fetch; its end, or the next one, sends again.
      { do: 'exchange', device },
    );
  }
  return { settings: { devices: 3, processes: 2, seed }, steps };
};

const yearMs = 365.25 * 86_400_000;
const worldBegins = Date.UTC(2026, 10, 2, 8);
/** How far from the true time: years, and the very moments at which Finnish clocks are turned. */
const wrongBy = [
  10 * yearMs,
  -10 * yearMs,
  -worldBegins,
  Date.UTC(2099, 11, 31) - worldBegins,
  Date.UTC(2026, 9, 25, 0, 59, 58) - worldBegins,
  Date.UTC(2026, 9, 25, 1, 30) - worldBegins,
  Date.UTC(2027, 2, 28, 0, 59, 58) - worldBegins,
  Date.UTC(2027, 2, 28, 1, 30) - worldBegins,
  6 * 60_000,
  -6 * 60_000,
  0,
] as const;

/** A7: people go on working while the clocks of their computers jump about. */
export const wrongClocks = (seed: number, edits: number): Schedule => {
  const roll = dice(seed);
  const steps: Step[] = [...beginning];
  for (let edit = 0; edit < edits; edit += 1) {
    if (roll(3) === 0) {
      steps.push({ do: 'clock', device: roll(4), ms: wrongBy[roll(wrongBy.length)] ?? 0 });
    }
    if (roll(20) === 0) {
      steps.push({ do: 'new-client', device: roll(4), a: roll(31), b: 0 });
    }
    steps.push(someEdit(roll, 4));
    if (roll(4) === 0) steps.push({ do: 'exchange', device: roll(4) });
  }
  return { settings: { devices: 4, processes: 1, seed }, steps };
};

export const ages = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** A8: ten devices work on, some of them without the network, while the region goes back by `ageMs`. */
export const restoredUnder = (seed: number, ageMs: number, edits: number): Schedule => {
  const roll = dice(seed);
  const devices = 10;
  const everybody = Array.from({ length: devices }, (_, device) => device);
  const letIn = everybody.map((b): Step => ({ do: 'let-in', device: 0, a: 0, b }));
  const exchange = everybody.map((device): Step => ({ do: 'exchange', device }));
  const work = (): Step[] =>
    Array.from({ length: edits }, () => [
      someEdit(roll, devices),
      ...(roll(3) === 0 ? [{ do: 'exchange', device: roll(devices) } as const] : []),
      ...(roll(15) === 0 ? [{ do: 'new-client', device: roll(devices), a: 1, b: 0 } as const] : []),
      ...(roll(10) === 0 ? [{ do: 'restart', device: roll(devices) } as const] : []),
    ]).flat();
  return {
    settings: { devices, processes: 2, seed },
    steps: [
      { do: 'new-client', device: 0, a: 0, b: 0 },
      { do: 'new-need', device: 0, a: 0, b: 0 },
      ...letIn,
      ...exchange,
      { do: 'back-up' },
      ...work(),
      { do: 'pass', ms: ageMs },
      ...work(),
      { do: 'restore' },
      ...work(),
    ],
  };
};

/** A run of so many parts, each of one schedule. */
const scheduleRun = (
  run: Pick<FaultRun, 'name' | 'promise' | 'parts' | 'never'>,
  people: number,
  scheduleOf: (seed: number) => Schedule,
): FaultRun => ({
  ...run,
  start: async ({ folder }) => {
    const regions = await prepareRegions(folder, people);
    return {
      part: async (seed) => ({
        schedules: 1,
        ...(await runSchedule(regions, scheduleOf(seed), checkHealed)),
      }),
      end: regions.end,
    };
  },
});

export const repliesCut = scheduleRun(
  {
    name: 'A6',
    promise: 'A retry is harmless',
    parts: 100,
    never: ['lost', 'doubled'],
  },
  3,
  (seed) => cutReplies(seed, 120),
);

export const clocksWrong = scheduleRun(
  {
    name: 'A7',
    promise: 'A wrong clock is harmless',
    parts: 50,
    never: ['lost', 'doubled', 'movedClocks'],
  },
  3,
  (seed) => wrongClocks(seed, 200),
);

export const regionRestored = scheduleRun(
  {
    name: 'A8',
    promise: 'A restored server loses nothing that a device still holds, and is noticed',
    parts: 60,
    never: ['lost', 'doubled', 'unnoticed'],
  },
  9,
  (seed) => restoredUnder(seed, Object.values(ages)[seed % 3] ?? ages.day, 40),
);
