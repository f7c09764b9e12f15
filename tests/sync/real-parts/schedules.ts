import fc from 'fast-check';
import { edits, mishearings, type EditStep, type Schedule, type Step } from './steps.ts';

const small = fc.nat({ max: 30 });
const device = fc.nat({ max: 3 });
const message = fc.nat({ max: 12 });
const process = fc.nat({ max: 1 });

const editStep: fc.Arbitrary<EditStep> = fc.record({
  do: fc.constantFrom(
    ...edits,
    ...Array<'assess'>(6).fill('assess'),
    ...Array<'status'>(3).fill('status'),
    ...Array<'settle'>(2).fill('settle'),
    ...Array<'let-in'>(2).fill('let-in'),
  ),
  device,
  a: small,
  b: small,
});

const years = 365.25 * 86_400_000;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: editStep },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sync' as const), device }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('deliver' as const), message, process }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('answer' as const), message }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('exchange' as const), device }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mishear' as const),
      message,
      as: fc.constantFrom(...mishearings),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const), message, process }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('server-dies' as const),
      message,
      process,
      statement: fc.nat({ max: 40 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('doom' as const),
      device,
      commit: fc.nat({ max: 5 }),
      after: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('restart' as const, 'fill-disk' as const, 'free-disk' as const),
      device,
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
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('back-up' as const, 'restore' as const, 'restore' as const),
    }),
  },
);

/** A client whose founder has let everybody in, on every device. */
export const beginning: readonly Step[] = [
  { do: 'new-client', device: 0, a: 0, b: 0 },
  { do: 'let-in', device: 0, a: 0, b: 0 },
  { do: 'let-in', device: 0, a: 0, b: 1 },
  { do: 'new-need', device: 0, a: 0, b: 0 },
  { do: 'exchange', device: 0 },
  { do: 'exchange', device: 2 },
];

/** Two to four devices, one or two server processes, and up to `longest` things that happen. */
export const schedules = (longest: number): fc.Arbitrary<Schedule> =>
  fc.record({
    settings: fc.record({
      devices: fc.integer({ min: 2, max: 4 }),
      processes: fc.integer({ min: 1, max: 2 }),
      seed: fc.nat(),
    }),
    steps: fc
      .tuple(fc.boolean(), fc.array(step, { maxLength: longest, size: 'max' }))
      .map(([backedUp, steps]) => [
        ...beginning,
        ...(backedUp ? [{ do: 'back-up' } as const] : []),
        ...steps,
      ]),
  });
