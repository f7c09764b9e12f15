import { jointPlan } from '#shared/domain/codes.ts';
import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import type { Edit } from '#shared/contract/calls.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { sentencesOf } from '#shared/sync/sentences.ts';
import { allCases, caseIdOf } from '#main/db/queries/cases.ts';
import { readCase, type KnownChange } from '#main/db/queries/changes.ts';
import type { Desk } from '#main/core/desk.ts';
import { createClient } from '#main/core/clients/create-client.ts';
import { removeRecord, restoreRecord } from '#main/core/editing/remove-record.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { byGroup, byRecord, groupState } from '#main/core/records/group-state.ts';
import { clientNamed } from '../../story/desks.ts';
import { grantOf } from '../../region/wire-device.ts';
import { atDevice, type Device } from './device.ts';
import type { EditStep } from './steps.ts';
import type { World } from './world.ts';

const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)];

/** What a person at the device does, by the program's own commands, on what the case file shows. */
export const edit = async (world: World, device: Device, step: EditStep): Promise<void> => {
  await atDevice(device, (desk) => {
    perform(world, desk, step);
  });
};

const sortedById = (records: ReturnType<typeof byRecord>): readonly (readonly KnownChange[])[] =>
  [...records].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, changes]) => changes);

const perform = (world: World, desk: Desk, step: EditStep): void => {
  if (step.do === 'new-client') {
    createClient(desk, clientNamed(`Nimi${step.a}`, 'Aune'));
    return;
  }
  const cases = allCases(desk.db).toSorted((a, b) => a - b);
  const caseNo = pick(cases, step.a);
  if (caseNo === undefined) return;
  const caseId = caseIdOf(desk.db, caseNo);
  const records = sortedById(byRecord(readCase(desk.db, caseNo)));
  switch (step.do) {
    case 'let-in':
    case 'let-out':
      writeMembership(world, desk, caseId, records, step);
      return;
    case 'settle':
      settle(desk, caseId, records, step);
      return;
    default:
      editNeed(desk, caseId, records, step);
  }
};

const need = (recordId: Id, group: string, value: object): Edit => ({
  recordId,
  kind: 'need',
  compartment: jointPlan,
  group,
  value: value as Edit['value'],
  basedOn: [],
});

const editNeed = (
  desk: Desk,
  caseId: Id,
  records: readonly (readonly KnownChange[])[],
  step: EditStep,
): void => {
  const needs = records.filter(([first]) => first?.shape.kind === 'need');
  const record = pick(needs, step.b);
  const recordId = record?.[0]?.recordId;
  const over = (group: string) =>
    headsOf((record ?? []).filter((change) => change.shape.group === group)).map(({ id }) => id);
  if (step.do === 'new-need' || recordId === undefined) {
    const fresh = newId(desk.now(), desk.randomBytes);
    const text = `Alku. Toinen. Kolmas. Neljäs. Viides ${step.b}.`;
    writeEdits(desk, caseId, [
      need(fresh, 'assessment', { text }),
      need(fresh, 'order', { key: `a${step.b % 7}` }),
    ]);
    return;
  }
  const put = (group: string, value: object) =>
    writeEdits(desk, caseId, [{ ...need(recordId, group, value), basedOn: [...over(group)] }]);
  switch (step.do) {
    case 'assess':
      put('assessment', { text: reworded(record ?? [], step) });
      return;
    case 'status':
      put('status', { status: step.a % 2 ? 'open' : 'resolved', reason: `${step.a}`, date: null });
      return;
    case 'order':
      put('order', { key: `a${step.a % 7}` });
      return;
    case 'remove-record':
      removeRecord(desk, caseId, recordId, 'Kirjattu väärälle.');
      return;
    default:
      restoreRecord(desk, caseId, recordId);
  }
};

/** One sentence of what is seen becomes another. */
const reworded = (record: readonly KnownChange[], { a, b }: EditStep): string => {
  const state = groupState(record.filter((change) => change.shape.group === 'assessment'));
  const value = state.state === 'settled' || state.state === 'merged' ? state.value : {};
  const sentences = sentencesOf(typeof value['text'] === 'string' ? value['text'] : '');
  const spot = sentences.length === 0 ? 0 : b % sentences.length;
  return sentences.toSpliced(spot, 1, `${spot > 0 ? ' ' : ''}Uusi ${a}.`).join('');
};

/** A person decides one of the open conflicts, over the heads before them (S1). */
const settle = (
  desk: Desk,
  caseId: Id,
  records: readonly (readonly KnownChange[])[],
  { a, b }: EditStep,
): void => {
  const open = records.flatMap((record) =>
    [...byGroup(record)].flatMap(([group, changes]) => {
      const state = groupState(changes);
      return group !== existenceGroup && state.state === 'conflict' ? [state] : [];
    }),
  );
  const conflict = pick(open, a);
  const chosen = conflict && pick(conflict.heads, b);
  if (!conflict || !chosen) return;
  const { shape, recordId } = chosen.change;
  writeEdits(desk, caseId, [
    {
      recordId,
      kind: shape.kind,
      compartment: shape.compartment,
      group: shape.group,
      value: chosen.value,
      basedOn: conflict.heads.map(({ id }) => id),
    },
  ]);
};

/** The custodian lets a colleague into the team, or ends their time in it as of yesterday. */
const writeMembership = (
  world: World,
  desk: Desk,
  caseId: Id,
  records: readonly (readonly KnownChange[])[],
  step: EditStep,
): void => {
  const personId = pick(
    world.people.filter((id) => id !== desk.person.id),
    step.b,
  );
  if (personId === undefined) return;
  const grants = records.filter(([first]) => first?.shape.kind === 'membership');
  const known = grants.find((record) =>
    record.some((change) => change.valueText.includes(personId)),
  );
  const value = grantOf({
    personId,
    validTo: step.do === 'let-in' ? null : addDays(finnishDate(world.nowMs()), -1),
  });
  writeEdits(desk, caseId, [
    {
      recordId: known?.[0]?.recordId ?? newId(desk.now(), desk.randomBytes),
      kind: 'membership',
      compartment: jointPlan,
      group: 'grant',
      value,
      basedOn: headsOf(known ?? []).map(({ id }) => id),
    },
  ]);
};
