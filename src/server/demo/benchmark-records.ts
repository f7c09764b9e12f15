import { newId, type Id } from '#shared/domain/ids.ts';
import { civilDate, dayNumber, momentMs, wallClock } from './days.ts';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { regionParts, type RegionOptions } from './population.ts';
import { createRandom } from './random.ts';

export type BenchmarkOptions = RegionOptions & {
  /** Exactly so many changes per client, every one the only head of its group. */
  readonly recordsPerClient: number;
};

/**
 * What a change weighs in a store that keeps ids as 16 bytes: its value as JSON and the texts beside
 * it. The size that "about 265 bytes a record" of the benchmarks speaks of.
 */
export const recordBytes = (change: Change): number => {
  const ids = 4 + change.parents.length;
  const texts =
    change.kind.length +
    change.compartment.length +
    change.group.length +
    change.profession.length +
    change.taskClass.length +
    change.time.length;
  return Buffer.byteLength(JSON.stringify(change.value)) + texts + ids * 16;
};

/**
 * Exact numbers for benchmarks: clients of the demo region, each cut or filled to the same number of
 * records. What is kept is a whole: the client, the team, then the plan from its beginning, so that
 * every record hangs on one that is there. What is short is filled up with notes.
 */
export function* benchmarkChanges(
  options: BenchmarkOptions,
): Generator<{ readonly caseId: Id; readonly changes: readonly Change[] }, void> {
  let index = 0;
  for (const part of regionParts(options)) {
    if (!('caseId' in part)) continue;
    const heads = headsInOrder(part.changes).slice(0, options.recordsPerClient);
    const changes = [...heads, ...fillingNotes(heads, options, index)];
    yield { caseId: part.caseId, changes };
    index += 1;
  }
}

/** What stands, in the order of first writing, without what it replaced. */
const headsInOrder = (changes: readonly Change[]): readonly Change[] => {
  const byGroup = new Map<string, Change>();
  for (const change of changes) {
    byGroup.set(`${change.recordId}/${change.group}`, { ...change, parents: [] });
  }
  const heads = [...byGroup.values()];
  return [
    ...heads.filter((change) => change.kind !== 'note'),
    ...heads.filter((change) => change.kind === 'note'),
  ];
};

const fillingNotes = (
  heads: readonly Change[],
  options: BenchmarkOptions,
  index: number,
): readonly Change[] => {
  const model = heads[0];
  const missing = options.recordsPerClient - heads.length;
  if (!model || missing <= 0) return [];
  const random = createRandom(options.seed ^ 0x5eed, index);
  const today = dayNumber(options.today);
  const texts = heads.flatMap(({ value }) =>
    typeof value['text'] === 'string' && value['text'] !== '' ? [value['text']] : [],
  );
  return Array.from({ length: missing }, (): Change => {
    const day = today - random.between(1, 300);
    const minutes = random.between(8 * 60, 15 * 60);
    const atMs = momentMs(day, minutes);
    return {
      ...model,
      id: newId(atMs, random.bytes),
      recordId: newId(atMs, random.bytes),
      kind: 'note',
      compartment: jointPlan,
      group: 'entry',
      value: {
        kind: 'observation',
        text: texts.length > 0 ? random.pick(texts) : civilDate(day),
        happenedAt: wallClock(day, minutes),
        corrects: null,
      },
      time: tick(null, atMs),
    };
  });
};
