import type { Schedule } from './steps.ts';

/** Schedules that once failed: each is the shortest that shows it. The first number names the rule. */
export const namedSchedules: readonly (Schedule & { readonly name: string })[] = [
  {
    name: 'I2 a region that went back to a backup takes no device for a copy',
    settings: { devices: 2, processes: 1, seed: 0 },
    steps: [
      { do: 'new-client', device: 0, a: 0, b: 0 },
      { do: 'let-in', device: 0, a: 0, b: 1 },
      { do: 'new-need', device: 0, a: 0, b: 0 },
      { do: 'exchange', device: 0 },
      { do: 'back-up' },
      { do: 'exchange', device: 0 },
      { do: 'restore' },
    ],
  },
  {
    name: 'U4 C3 who makes a client while the clock runs ahead goes on writing in it',
    settings: { devices: 2, processes: 1, seed: 0 },
    steps: [
      { do: 'clock', device: 0, ms: 420 * 86_400_000 },
      { do: 'new-client', device: 0, a: 0, b: 0 },
      { do: 'sync', device: 0 },
      { do: 'deliver', message: 0, process: 0 },
      { do: 'answer', message: 0 },
      { do: 'deliver', message: 0, process: 0 },
      { do: 'new-need', device: 0, a: 0, b: 0 },
      { do: 'exchange', device: 0 },
    ],
  },
  {
    name: 'N6 a round that heard a server stumble ends by it, and the next one sends everything',
    settings: { devices: 2, processes: 1, seed: 0 },
    steps: [
      { do: 'new-client', device: 1, a: 0, b: 0 },
      { do: 'sync', device: 1 },
      { do: 'mishear', message: 0, as: 'error-500' },
    ],
  },
];
