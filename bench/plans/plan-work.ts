import lifeAreas from '#resources/codes/life-areas.json' with { type: 'json' };
import { createRandom, type Random } from '#server/demo/random.ts';

/** A group of two fields that mean something only together: a need's heading. */
export type Cell = { readonly lifeArea: string; readonly title: string };

/** What one edit sets; the other field stays as its author saw it. */
export type CellEdit = {
  readonly plan: number;
  readonly record: number;
  readonly set: Partial<Cell>;
};

/** So many plans of so many needs, known to every device before the first edit. */
export type PlanWorld = { readonly plans: number; readonly recordsPerPlan: number };

const areas = lifeAreas.map((area) => area.id);

const words = [
  'arjen',
  'tuki',
  'kotona',
  'asumisen',
  'liikkuminen',
  'uni',
  'rytmi',
  'talous',
  'kuntoutus',
  'ystävät',
  'harrastus',
  'lääkitys',
  'ruokailu',
  'turvallisuus',
  'koulutus',
  'työ',
  'hoito',
  'läheisten',
  'jaksaminen',
  'palvelut',
  'kulkeminen',
  'itsenäisesti',
  'viikoittain',
  'vahvistuu',
];

const titleOf = (random: Random): string =>
  Array.from({ length: 4 }, () => random.pick(words)).join(' ');

export const startCell = (plan: number, record: number): Cell => ({
  lifeArea: areas[0] ?? '',
  title: `Tarve ${plan + 1}.${record + 1}`,
});

export const cellName = (plan: number, record: number): string => `${plan}.${record}`;

/** What one device writes while it is offline. The same seed and device give the same edits. */
export const editsOf = (world: PlanWorld, device: number, edits: number): readonly CellEdit[] => {
  const random = createRandom(11, device);
  const seen = new Map<string, Cell>();
  return Array.from({ length: edits }, (_, index): CellEdit => {
    const place = { plan: random.below(world.plans), record: random.below(world.recordsPerPlan) };
    // The number keeps every title apart: whose words a screen shows is then beyond doubt.
    const title = `${titleOf(random)} ${device}.${index}`;
    const name = cellName(place.plan, place.record);
    const before = seen.get(name) ?? startCell(place.plan, place.record);
    // Never the same again: an edit that changes nothing writes nothing.
    const lifeArea = random.pick(areas.filter((area) => area !== before.lifeArea));
    const set = random.pick([{ title }, { lifeArea }, { title, lifeArea }, { title, lifeArea }]);
    seen.set(name, { ...before, ...set });
    return { ...place, set };
  });
};

/** What a device shows after its own edits alone, and every value it ever wrote, by cell. */
export const writtenBy = (
  edits: readonly CellEdit[],
): {
  readonly last: ReadonlyMap<string, Cell>;
  readonly all: ReadonlyMap<string, readonly Cell[]>;
} => {
  const last = new Map<string, Cell>();
  const all = new Map<string, Cell[]>();
  for (const { plan, record, set } of edits) {
    const name = cellName(plan, record);
    const value = { ...(last.get(name) ?? startCell(plan, record)), ...set };
    last.set(name, value);
    const written = all.get(name);
    if (written) written.push(value);
    else all.set(name, [value]);
  }
  return { last, all };
};

export type Seen = {
  /** Cells that were edited. */
  readonly edited: number;
  /** Of them, those that show a value which nobody wrote, or none of the edits. */
  readonly nobodys: number;
  /** Of what each device wrote last in each cell, what no screen shows. */
  readonly lastWords: number;
  readonly unseen: number;
};

const textOf = (cell: Cell): string => `${cell.lifeArea} ${cell.title}`;

/** Compares what is shown, every version of it, with what was written. */
export const whatIsSeen = (
  shown: ReadonlyMap<string, readonly Cell[]>,
  devices: readonly (readonly CellEdit[])[],
): Seen => {
  const everybodys = devices.map(writtenBy);
  const names = new Set(everybodys.flatMap(({ last }) => [...last.keys()]));
  let nobodys = 0;
  let lastWords = 0;
  let unseen = 0;
  for (const name of names) {
    const written = new Set(everybodys.flatMap(({ all }) => (all.get(name) ?? []).map(textOf)));
    const versions = (shown.get(name) ?? []).map(textOf);
    if (versions.length === 0 || versions.some((text) => !written.has(text))) nobodys += 1;
    for (const { last } of everybodys) {
      const word = last.get(name);
      if (word === undefined) continue;
      lastWords += 1;
      if (!versions.includes(textOf(word))) unseen += 1;
    }
  }
  return { edited: names.size, nobodys, lastWords, unseen };
};
