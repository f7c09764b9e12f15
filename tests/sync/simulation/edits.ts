import type { Id } from '#shared/domain/ids.ts';
import { policyOf } from '#shared/domain/records/kinds.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { keyAtEnd, keysForMove, type OrderedRow } from '#shared/sync/order-key.ts';
import { groupOf, groupState, groupStates } from '#shared/sync/replica.ts';
import { sentencesOf } from '#shared/sync/sentences.ts';
import { shown, writeOwn, type Device } from './device.ts';
import { compartments } from './region.ts';
import { scopeOf, type Scope, type Written } from './wire.ts';

export type EditStep = {
  readonly do:
    | 'new-client'
    | 'new-need'
    | 'assess'
    | 'status'
    | 'move'
    | 'remove-record'
    | 'take-back'
    | 'settle'
    | 'bad-value'
    /** A newer program writes a group that nobody here knows, with fields of its own. */
    | 'newer';
  readonly device: number;
  readonly a: number;
  readonly b: number;
};

const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)];

/** Ids that do not sort by the time of their making, so that nothing leans on it by accident. */
const idOf = (number: number): Id =>
  `${((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}-${number}`;

type Place = Pick<Written, 'recordId' | 'caseId' | 'compartment'>;

/** What a person at the device does, on what they see. Where there is nothing to do it to, nothing. */
export const edit = (written: Map<Id, Written>, device: Device, step: EditStep): void => {
  const seen = shown(device);
  const put = (
    place: Place,
    group: string,
    value: Written['value'],
    over?: readonly Id[],
  ): void => {
    const id = idOf(written.size + 1);
    const heads = headsOf(groupOf(seen, { ...place, group })).map((head) => head.id);
    const { recordId, caseId, compartment } = place;
    const parents = [...(over ?? heads)];
    writeOwn(device, { id, recordId, kind: 'need', caseId, compartment, group, value, parents });
    const row = device.own.get(id);
    if (row) written.set(id, row.change);
  };
  const places = placesOf([...seen.changes.values()]);
  const place = pick(places, step.a);
  const compartment = pick(compartments, step.b) ?? compartments[0];
  const newNeed = (caseId: Id): void => {
    const need = { recordId: idOf(written.size + 1), caseId, compartment };
    put(need, 'assessment', { text: `Alku. Toinen. Kolmas. Neljäs. Viides ${written.size}.` });
    put(need, 'order', { key: keyAtEnd(rowsOf(device, scopeOf(need))) });
  };
  if (step.do === 'new-client') return newNeed(`client-${device.id}-${written.size}`);
  if (!place) return;
  switch (step.do) {
    case 'new-need':
      return newNeed(place.caseId);
    case 'assess':
      return put(place, 'assessment', { text: reworded(device, place, step.b, written.size) });
    case 'status':
      return put(place, 'status', { status: step.b % 3 });
    case 'bad-value':
      return put(place, 'status', { bad: true });
    case 'newer':
      return put(place, 'of-a-newer-program', { field: { deep: [step.b, 'å', null] } });
    case 'move': {
      const rows = rowsOf(device, scopeOf(place));
      const keys = keysForMove(rows, place.recordId, pick(rows, step.b)?.id ?? null);
      for (const [recordId, key] of keys) put({ ...place, recordId }, 'order', { key });
      return;
    }
    case 'remove-record': {
      const covers = ['assessment', 'status', 'order'].flatMap((group) =>
        headsOf(groupOf(seen, { ...place, group })).map((head) => head.id),
      );
      return put(place, 'existence', { state: 'removed', reason: 'Kirjattu väärälle.', covers });
    }
    case 'take-back':
      return put(place, 'existence', { state: 'standing' });
    default:
      return settle(device, step, put);
  }
};

const placesOf = (changes: readonly Written[]): readonly Place[] => [
  ...new Map(
    changes
      .toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))
      .map((change) => [change.recordId, change]),
  ).values(),
];

const rowsOf = (device: Device, scope: Scope): readonly OrderedRow[] => {
  const changes = [...shown(device).changes.values()].filter((change) => scopeOf(change) === scope);
  return [...Map.groupBy(changes, (change) => change.recordId)].flatMap(([id, ofRecord]) => {
    const state = groupState(
      'latest',
      ofRecord.filter((change) => change.group === 'order'),
    );
    const key = state.state === 'settled' ? state.value['key'] : null;
    return typeof key === 'string' ? [{ id, key }] : [];
  });
};

/** One sentence of what is seen becomes another. */
const reworded = (device: Device, place: Place, at: number, number: number): string => {
  const state = groupState('prose', groupOf(shown(device), { ...place, group: 'assessment' }));
  const value = state.state === 'settled' || state.state === 'merged' ? state.value : {};
  const text = typeof value['text'] === 'string' ? value['text'] : '';
  const sentences = sentencesOf(text);
  const spot = sentences.length === 0 ? 0 : at % sentences.length;
  return sentences.toSpliced(spot, 1, `${spot > 0 ? ' ' : ''}Uusi ${number}.`).join('');
};

/** A person decides one of the open conflicts, over the heads before them (S1). */
const settle = (
  device: Device,
  step: EditStep,
  put: (place: Place, group: string, value: Written['value']) => void,
): void => {
  const open = [...groupStates(shown(device), (change) => policyOf(change.kind, change.group))]
    .map(([, state]) => state)
    .filter((state) => state.state === 'conflict');
  const conflict = pick(open, step.a);
  const chosen = conflict && pick(conflict.heads, step.b);
  if (chosen) put(chosen, chosen.group, chosen.value);
};
