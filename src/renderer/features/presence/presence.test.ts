import { describe, expect, test } from 'vitest';
import type { EditedGroup, EditingState } from '#renderer/store/editing/editing-slice.ts';
import { hereChanged, hereForgotten, presentSlice } from '#renderer/store/present.ts';
import { connectionChanged } from '#renderer/store/session.ts';
import { idOf } from '../../../../tests/window/records.ts';
import { initialsOf } from './initials.ts';
import { writtenPart } from './written-part.ts';

const edited = (record: number, state: EditedGroup['state'], client = 1): EditedGroup => ({
  caseId: idOf(client),
  recordId: idOf(record),
  kind: 'need',
  compartment: 'joint/plan',
  group: 'assessment',
  value: {},
  basedOn: [],
  known: [],
  startedFrom: null,
  writesItself: true,
  state,
  keptAt: null,
  writtenAs: null,
  fields: {},
  problem: null,
});
const editing = (...groups: readonly EditedGroup[]): EditingState =>
  Object.fromEntries(groups.map((group) => [`${group.recordId}/${group.group}`, group]));

describe('what is written here', () => {
  test('is the group begun last that is still being written', () => {
    const groups = [edited(1, 'kept'), edited(2, 'typing'), edited(3, 'written')];
    expect(writtenPart(editing(...groups), idOf(1))?.recordId).toBe(idOf(2));
  });

  test('is nothing of another client, nothing written, nothing that waits for a correction', () => {
    const groups = [edited(1, 'typing', 2), edited(2, 'written'), edited(3, 'problem')];
    expect(writtenPart(editing(...groups), idOf(1))).toBeNull();
  });
});

describe('who is here, in the window', () => {
  const { reducer } = presentSlice;
  const people = [{ personId: idOf(7), part: null }];
  const seen = reducer(undefined, hereChanged({ caseId: idOf(1), people }));

  test('W6 is what was told last', () => {
    expect(seen).toEqual({ [idOf(1)]: people });
    expect(reducer(seen, hereChanged({ caseId: idOf(1), people: [] }))).toEqual({});
  });

  test('W6 is forgotten with the lock and when the core is gone', () => {
    expect(reducer(seen, hereForgotten())).toEqual({});
    expect(reducer(seen, connectionChanged(false))).toEqual({});
    expect(reducer(seen, connectionChanged(true))).toBe(seen);
  });
});

test.each([
  ['Ville', 'Saarela', 'VS'],
  ['åke', 'öberg', 'ÅÖ'],
  [' E\u0301milie', '', 'E\u0301'],
])('the initials of %s %s are %s', (givenName, familyName, initials) => {
  expect(initialsOf({ givenName, familyName })).toBe(initials);
});
