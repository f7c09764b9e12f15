import fc from 'fast-check';
import type { EditStep } from './edits.ts';
import type { Settings, Step } from './world.ts';

const small = fc.nat({ max: 30 });
const device = fc.nat({ max: 7 });

const editStep = fc.record({
  do: fc.constantFrom<EditStep['do'][]>(
    ...(['new-client', 'new-need', 'remove-record', 'take-back', 'bad-value', 'newer'] as const),
    ...Array<'assess'>(6).fill('assess'),
    ...Array<'status'>(3).fill('status'),
    ...Array<'move'>(2).fill('move'),
    ...Array<'settle'>(3).fill('settle'),
  ),
  device,
  a: small,
  b: small,
});

const years = 365.25 * 86_400_000;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: editStep },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('push' as const, 'pull' as const), device }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const), message: small }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('drop' as const, 'repeat' as const, 'mishear' as const),
      message: small,
    }),
  },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('exchange' as const), device }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('give' as const, 'give' as const, 'take' as const),
      device,
      client: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), device }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'lose' as const), device }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'one-way' as const,
        'both-ways' as const,
        'disk-full' as const,
        'disk-free' as const,
      ),
      device,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('accept' as const), pick: small }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('restart-region' as const, 'back-up' as const, 'restore' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      device,
      ms: fc.integer({ min: -10 * years, max: 10 * years }),
    }),
  },
);

const beginning: readonly Step[] = [
  { do: 'new-client', device: 0, a: 0, b: 0 },
  { do: 'exchange', device: 0 },
  { do: 'give', device: 2, client: 0 },
  { do: 'give', device: 3, client: 0 },
  { do: 'exchange', device: 2 },
];

export type Schedule = { readonly settings: Settings; readonly steps: readonly Step[] };

/** Two to five devices, pages and batches of a few changes, and up to `longest` things that happen. */
export const schedules = (longest: number): fc.Arbitrary<Schedule> =>
  fc.record({
    settings: fc.record({
      devices: fc.integer({ min: 2, max: 5 }),
      pageSize: fc.integer({ min: 1, max: 6 }),
      batchSize: fc.integer({ min: 1, max: 4 }),
    }),
    steps: fc
      .array(step, { maxLength: longest, size: 'max' })
      .map((steps) => [...beginning, ...steps]),
  });
