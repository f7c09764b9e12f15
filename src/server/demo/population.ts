import { setImmediate } from 'node:timers/promises';
import type { Change } from '#shared/domain/change.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Person, Unit } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { changesOf } from './changes.ts';
import { dayNumber } from './days.ts';
import { demoUnits, staff } from './directory.ts';
import type { ClientDraft } from './draft.ts';
import { inventClient } from './invented-client.ts';
import { namedClient } from './named-client.ts';
import { createRandom } from './random.ts';

export type RegionOptions = {
  /** The same seed, number and day give the same region, to the last letter. */
  readonly seed: number;
  /** How many clients, from 1. A client stays the same when more are asked for. */
  readonly clients: number;
  /** The day on which the region is looked at: ages, reviews and memberships follow it. */
  readonly today: CivilDate;
};

/** First the directory, then client after client, each with all of its changes in order of time. */
export type RegionPart =
  | { readonly units: readonly Unit[]; readonly people: readonly Person[] }
  | { readonly caseId: Id; readonly changes: readonly Change[] };

/** The seed of the region that `npm start` shows. */
export const demoSeed = 202_611;

/** An invented region of the demo, made part by part: memory does not grow with the number of clients. */
export async function* generateRegion(options: RegionOptions): AsyncGenerator<RegionPart, void> {
  let made = 0;
  for (const part of regionParts(options)) {
    yield part;
    made += 1;
    // Gives way now and then, so that a server that loads a large region goes on answering.
    if (made % 32 === 0) await setImmediate();
  }
}

/** The same, for those who need not wait between clients. */
export function* regionParts(options: RegionOptions): Generator<RegionPart, void> {
  yield {
    units: demoUnits.map(({ unit }) => unit),
    people: staff.map(({ person }) => person),
  };
  const today = dayNumber(options.today);
  for (let index = 0; index < options.clients; index += 1) {
    const random = createRandom(options.seed, index);
    const draft = clientDraft(index, options, random);
    yield { caseId: draft.caseId, changes: changesOf(draft, today, random) };
  }
}

const clientDraft = (
  index: number,
  { seed, today }: RegionOptions,
  random: ReturnType<typeof createRandom>,
): ClientDraft =>
  index === 0 ? namedClient(seed, today) : inventClient(index, seed, today, random);
