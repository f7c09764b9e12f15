import type { Change } from '#shared/domain/change.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { signedText } from '#shared/domain/change.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { schemaToWrite, withUnknownFields } from '#shared/sync/versions.ts';
import { addChange, readRecord, type KnownChange } from '#main/db/queries/changes.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { addToOutbox } from '#main/db/queries/outbox.ts';
import { noteHeld } from '#main/db/queries/scopes.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';

export type NewChange = Pick<
  Change,
  'recordId' | 'kind' | 'caseId' | 'compartment' | 'group' | 'value' | 'parents'
>;

/** Text in one form: what looks alike compares alike. */
const normalised = <T>(value: T): T => {
  if (typeof value === 'string') return value.normalize('NFC') as T;
  if (Array.isArray(value)) return value.map(normalised) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, normalised(member)]),
  ) as T;
};

/**
 * The value that an edit comes to: fields of the versions it replaces that only a newer program knows stay
 * as they are (SPEC V3). A removal is said anew each time and takes nothing over.
 */
export const valueToWrite = (
  { kind, group, value, parents }: Pick<NewChange, 'kind' | 'group' | 'value' | 'parents'>,
  known: readonly KnownChange[],
): Change['value'] => {
  const tidy = normalised(value);
  if (group === existenceGroup || parents.length === 0) return tidy;
  const basedOn = known
    .filter((change) => change.shape.group === group && parents.includes(change.id))
    .map((change) => ({ value: JSON.parse(change.valueText) as Change['value'] }));
  return withUnknownFields({ kind, group }, tidy, basedOn);
};

/** Makes a change of what the person wrote: id, author, time. Advances the device's clock. */
const composeChange = (desk: Desk, content: NewChange): Change => {
  const now = desk.now();
  const time = tick(readState(desk.db, 'clock'), now);
  writeState(desk.db, 'clock', time);
  return {
    id: newId(now, desk.randomBytes),
    ...content,
    parents: content.parents.toSorted(),
    authorId: desk.person.id,
    profession: desk.person.profession,
    taskClass: desk.person.taskClass,
    time,
    schema: schemaToWrite(content),
  };
};

const nextCounter = (desk: Desk): number => {
  const counter = readState(desk.db, 'counter') + 1;
  writeState(desk.db, 'counter', counter);
  return counter;
};

/**
 * Writes one change: the change itself and its outbox row. To be called inside a transaction, so that
 * they stand or fall together (SPEC D1).
 */
export const recordChange = (desk: Desk, caseNo: CaseNo, content: NewChange): Change => {
  const known = content.parents.length === 0 ? [] : readRecord(desk.db, caseNo, content.recordId);
  const change = composeChange(desk, { ...content, value: valueToWrite(content, known) });
  addChange(desk.db, caseNo, change, null);
  noteHeld(desk.db, { caseNo, compartment: change.compartment }, false);
  addToOutbox(desk.db, {
    counter: nextCounter(desk),
    caseNo,
    change,
    signature: desk.sign(signedText(change)),
    madeAt: desk.now(),
  });
  return change;
};

export type WrittenChange = {
  readonly changeId: Id;
  readonly recordId: Id;
  readonly group: string;
};

export const writtenChange = (change: Change): WrittenChange => ({
  changeId: change.id,
  recordId: change.recordId,
  group: change.group,
});
