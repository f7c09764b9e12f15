import type { z } from 'zod';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { createClient } from '#main/core/clients/create-client.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { readRecord, type KnownChange } from '#main/db/queries/changes.ts';
import { clientNamed } from '../../story/desks.ts';
import { grantOf } from '../../region/wire-device.ts';
import type { Device } from '../../sync/real-parts/device.ts';
import type { Age } from '../../sync/version-skew.ts';
import type { dice } from '../dice.ts';
import { groupAt, programAt, speakAs } from './program-ages.ts';
import { places, say, type Place } from './sayings.ts';

/** What people do at desks of different ages, by the program's own commands, on what their case files show. */

export type Desk = {
  /** By what is judged what it had to know. */
  readonly age: Age;
  /** As what its program runs: the same, unless a test plants a fault. */
  readonly speaks: Age;
  readonly device: Device;
};

type Begun = { readonly id: Id; readonly kind: string; readonly caseId: Id };

export type Hands = {
  readonly roll: ReturnType<typeof dice>;
  readonly region: Age;
  /** Every record that anybody has begun. */
  readonly records: Begun[];
  readonly counts: {
    changes: number;
    /** Edits over versions with a field that their program does not know. */
    carried: number;
    /** Edits that did not come to be because the group was for a newer program. */
    locked: number;
    /** The same, though every version was of a shape that the program knows. */
    needlessly: number;
    /** Edits that the program itself takes for no value of the group. */
    unwritable: number;
    settled: number;
  };
};

/**
 * What a form of that age offers of the group and somebody fills in; null where there is no such form. A
 * region that has not been updated yet gets nothing that it would refuse (SPEC V7).
 */
const filledIn = (
  { roll, region }: Hands,
  { age }: Desk,
  place: Place,
  begins: boolean,
): Change['value'] | null => {
  const known = programAt(age).groupOf(place.kind, place.group);
  const there = groupAt(region, place.kind, place.group);
  if (!there || (known && known.since > there.since)) return null;
  const isOptional = (field: string): boolean =>
    (there.schema.shape[field] as z.ZodType | undefined)?.safeParse(undefined).success === true;
  const value = Object.fromEntries(
    Object.entries(say(place, roll)).filter(
      ([field]) => known?.fields.has(field) === true && (!isOptional(field) || roll(3) > 0),
    ),
  );
  // What an older form does not ask for, it cannot begin; nor can it begin what it does not know.
  return begins && (!known || !there.schema.safeParse(value).success) ? null : value;
};

const unsent = ({ device }: Desk): number =>
  device.desk.db.value<number>('SELECT count(*) FROM outbox') ?? 0;

/** Writes in the group over the versions that the desk shows. */
const write = (
  hands: Hands,
  desk: Desk,
  { id, caseId }: Begun,
  place: Place,
  heads: readonly KnownChange[],
): void => {
  const value = filledIn(hands, desk, place, heads.length === 0);
  if (!value) return;
  const { counts } = hands;
  const before = unsent(desk);
  speakAs(desk.speaks);
  const basedOn = heads.map((head) => head.id);
  const edit = { ...place, recordId: id, compartment: jointPlan, value, basedOn };
  const written = writeEdits(desk.device.desk, caseId, [edit]);
  const program = programAt(desk.age);
  const known = program.groupOf(place.kind, place.group);
  if (!written.ok) {
    const { code } = written.error;
    if (code === 'bad-value') counts.unwritable += 1;
    else if (code !== 'newer-program') throw new Error(JSON.stringify(written.error));
    else counts.locked += 1;
    const isPlain = heads.length === 1 && heads.every(({ schema }) => schema <= program.schema);
    if (code === 'newer-program' && known && isPlain) counts.needlessly += 1;
    return;
  }
  if (unsent(desk) === before) return;
  counts.changes += 1;
  if (heads.length > 1) counts.settled += 1;
  const held = heads.flatMap(({ valueText }) => Object.keys(JSON.parse(valueText) as object));
  if (held.some((field) => known?.fields.has(field) === false)) counts.carried += 1;
};

const begin = (hands: Hands, desk: Desk, kind: string, caseId: Id): void => {
  const { now, randomBytes } = desk.device.desk;
  const record = { id: newId(now(), randomBytes), kind, caseId };
  hands.records.push(record);
  for (const place of places) if (place.kind === kind) write(hands, desk, record, place, []);
};

/** The group that got another shape is where versions meet hardest, so it is written most. */
const hardest: Place = { kind: 'goal', group: 'achievement' };
const edited: readonly Place[] = [...places, hardest, hardest, hardest];

/** One thing that somebody does at the desk: mostly an edit of something, now and then something new. */
export const work = (hands: Hands, desk: Desk): void => {
  const { roll, records } = hands;
  const place = edited[roll(edited.length)];
  const caseId = records[roll(records.length)]?.caseId;
  if (!place || caseId === undefined) return;
  const ofKind = records.filter(({ kind }) => kind === place.kind);
  const record = ofKind[roll(Math.max(ofKind.length, 1))];
  if (!record || roll(60) === 0) {
    begin(hands, desk, place.kind, caseId);
    return;
  }
  const { db } = desk.device.desk;
  const caseNo = findCase(db, record.caseId);
  const known = caseNo === undefined ? [] : readRecord(db, caseNo, record.id);
  // A record that has not come to this desk is not edited there.
  if (known.length === 0) return;
  write(
    hands,
    desk,
    record,
    place,
    headsOf(known.filter((one) => one.shape.group === place.group)),
  );
};

/** A client whose founder lets everybody in and begins so many needs, and as many goals. */
export const foundClient = (
  hands: Hands,
  founder: Desk,
  people: readonly Id[],
  begun: number,
): void => {
  const { desk } = founder.device;
  speakAs(founder.speaks);
  const made = createClient(desk, clientNamed(`Nimi${hands.records.length}`, 'Aune'));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const { caseId } = made.value;
  const letIn = people.map((personId) => ({
    recordId: newId(desk.now(), desk.randomBytes),
    kind: 'membership',
    compartment: jointPlan,
    group: 'grant',
    value: grantOf({ personId }),
    basedOn: [],
  }));
  const written = writeEdits(desk, caseId, letIn);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  for (let each = 0; each < begun; each += 1) {
    begin(hands, founder, 'need', caseId);
    begin(hands, founder, 'goal', caseId);
  }
};
