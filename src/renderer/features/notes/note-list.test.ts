import { describe, expect, test } from 'vitest';
import { record, viewOf } from '../../../../tests/window/records.ts';
import { notesOf } from '../plan-model/index.ts';
import { everyNote, filterNotes, howManyShown } from './note-list.ts';

const note = (n: number, kind: string, text: string, compartment: string) =>
  record(
    n,
    'note',
    { entry: { kind, text, happenedAt: `2026-11-0${n}T10:00`, corrects: null } },
    { compartment },
  );
const notes = notesOf(
  viewOf(
    note(1, 'home-visit', 'Äidin avokuntoutus alkoi', 'patient/rehabilitation'),
    note(2, 'phone-call', 'Puhelu tyttärelle', 'joint/plan'),
  ),
);
const texts = (part: Partial<typeof everyNote>) =>
  filterNotes(notes, { ...everyNote, ...part }).map((each) => each.record.compartment);

describe('the list of notes', () => {
  test('every word somewhere in the text, without accents, inside compounds', () => {
    expect(texts({ query: 'aidin kuntoutus' })).toEqual(['patient/rehabilitation']);
    expect(texts({ query: 'aidin puhelu' })).toEqual([]);
  });

  test('by kind and by register', () => {
    expect(texts({ kind: 'phone-call' })).toEqual(['joint/plan']);
    expect(texts({ register: 'patient' })).toEqual(['patient/rehabilitation']);
    expect(texts({})).toHaveLength(2);
  });

  test('by profession and by the days in which it happened, both included', () => {
    expect(texts({ profession: notes[0]?.written.profession ?? '' })).toHaveLength(2);
    expect(texts({ profession: 'dentist' })).toEqual([]);
    expect(texts({ from: '2026-11-02' })).toEqual(['joint/plan']);
    expect(texts({ to: '2026-11-01' })).toEqual(['patient/rehabilitation']);
    expect(texts({ from: '2026-11-01', to: '2026-11-02' })).toHaveLength(2);
    expect(texts({ from: '2026-11-03', to: '2026-11-01' })).toEqual([]);
  });

  test('a few at once, and as far as the one that is looked for', () => {
    const named = notes[1]?.record.id ?? null;
    expect(howManyShown(notes, 1, null)).toBe(1);
    expect(howManyShown(notes, 1, named)).toBe(2);
    expect(howManyShown(notes, 100, named)).toBe(100);
  });
});
