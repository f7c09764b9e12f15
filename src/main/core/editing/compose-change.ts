import { currentSchema, type Change } from '#shared/domain/change.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { signedText } from '#shared/domain/change.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { addChange } from '#main/db/queries/changes.ts';
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

/** Makes a change of what the person wrote: id, author, time. Advances the device's clock. */
const composeChange = (desk: Desk, content: NewChange): Change => {
  const now = desk.now();
  const time = tick(readState(desk.db, 'clock'), now);
  writeState(desk.db, 'clock', time);
  return {
    id: newId(now, desk.randomBytes),
    ...content,
    value: normalised(content.value),
    parents: content.parents.toSorted(),
    authorId: desk.person.id,
    profession: desk.person.profession,
    taskClass: desk.person.taskClass,
    time,
    schema: currentSchema,
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
  const change = composeChange(desk, content);
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
