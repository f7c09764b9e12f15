import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { MergePolicy } from '#shared/domain/records/group.ts';
import { emptyReplica, groupStates, groupState, receive, write, type Known } from './replica.ts';
import { mergeVersion, resolveGroup, type Version } from './resolve.ts';
import { sentenceRuleVersion } from './sentences.ts';

const at = (counter: number): string => `0190000000ff-${counter.toString(16).padStart(4, '0')}`;
const version = (id: string, value: Version['value'], counter = 0): Version => ({
  id,
  value,
  time: at(counter),
});
const text = (id: string, words: string): Version => version(id, { text: words });

const policies: readonly MergePolicy[] = ['decide', 'prose', 'latest'];
const base = text('base', 'Yksi. Kaksi. Kolme.');
const versions = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  value: fc.oneof(
    fc.record({
      text: fc.constantFrom('Yksi. Kaksi. Kolme.', 'Uno. Kaksi. Kolme.', 'Yksi. Kaksi. Tre.', ''),
    }),
    fc.record({ status: fc.constantFrom('open', 'done') }),
    fc.record({ text: fc.constant('Yksi.'), more: fc.constantFrom(1, 2) }),
  ),
  time: fc.nat({ max: 3 }).map(at),
});
const headSets = fc.uniqueArray(versions, { selector: ({ id }) => id, maxLength: 4 });

/** What a state says, whatever order the heads were named in. */
const said = (state: ReturnType<typeof resolveGroup>): string =>
  canonicalJson([state.state, 'value' in state ? state.value : null]);

describe('what a group shows', () => {
  test('M1 nobody wrote it: empty; one head: its value', () => {
    for (const policy of policies) {
      expect(resolveGroup(policy, [], null).state).toBe('empty');
      expect(resolveGroup(policy, [base], null)).toMatchObject({
        state: 'settled',
        value: base.value,
      });
    }
  });

  test('M1 the order of heads does not matter under any policy', () => {
    fc.assert(
      fc.property(
        headSets.chain((heads) =>
          fc.tuple(fc.constant(heads), fc.shuffledSubarray(heads, { minLength: heads.length })),
        ),
        fc.constantFrom(...policies),
        fc.constantFrom(base, null),
        ([heads, shuffled], policy, ancestor) => {
          expect(said(resolveGroup(policy, shuffled, ancestor))).toBe(
            said(resolveGroup(policy, heads, ancestor)),
          );
        },
      ),
    );
  });

  test('M2 equal values settle by themselves under every policy, in whatever order their keys stand', () => {
    const heads = [
      version('a', { x: 1, y: [2] }),
      version('b', { y: [2], x: 1 }),
      version('c', { x: 1, y: [2] }),
    ];
    for (const policy of policies) expect(resolveGroup(policy, heads, null).state).toBe('settled');
  });

  test('M3 H2 decide: any other set of heads is a conflict, and all of it is kept', () => {
    const heads = [version('a', { dose: 5, unit: 'mg' }), version('b', { dose: 10, unit: 'mg' })];
    expect(resolveGroup('decide', heads, base)).toEqual({
      state: 'conflict',
      heads,
      ancestor: base,
    });
  });

  test('M4 prose: two heads over a known ancestor merge', () => {
    const heads = [text('a', 'Uno. Kaksi. Kolme.'), text('b', 'Yksi. Kaksi. Tre.')];
    expect(resolveGroup('prose', heads, base)).toMatchObject({
      state: 'merged',
      value: { text: 'Uno. Kaksi. Tre.' },
    });
  });

  test('M4 prose: a merge to an empty text is still a merge', () => {
    const merged = resolveGroup('prose', [text('a', ''), text('b', 'Yksi. Kaksi. Kolme.')], base);
    expect(merged).toMatchObject({ state: 'merged', value: { text: '' } });
  });

  test('M5 prose: the same sentence, or a difference in another field, is a conflict', () => {
    const clash = [text('a', 'Uno. Kaksi. Kolme.'), text('b', 'Ett. Kaksi. Kolme.')];
    expect(resolveGroup('prose', clash, base).state).toBe('conflict');
    const fields = [
      text('a', 'Uno. Kaksi. Kolme.'),
      version('b', { text: 'Yksi. Kaksi. Tre.', voice: 'client' }),
    ];
    expect(resolveGroup('prose', fields, base).state).toBe('conflict');
  });

  test('M6 three heads that could merge pair by pair are a conflict', () => {
    const heads = [text('a', 'Uno. Kaksi. Kolme.'), text('b', 'Yksi. Kaksi. Tre.'), base];
    expect(resolveGroup('prose', heads, base).state).toBe('conflict');
  });

  test('M7 latest: the highest time, then the highest id', () => {
    const heads = [
      version('b', { key: 'b' }, 2),
      version('c', { key: 'c' }, 1),
      version('a', { key: 'a' }, 2),
    ];
    expect(resolveGroup('latest', heads, null)).toMatchObject({ value: { key: 'b' } });
  });

  test('M8 prose without the ancestor is a conflict', () => {
    const heads = [text('a', 'Uno. Kaksi. Kolme.'), text('b', 'Yksi. Kaksi. Tre.')];
    expect(resolveGroup('prose', heads, null).state).toBe('conflict');
  });

  test('M9 the versions of the rules are numbered', () => {
    expect({ mergeVersion, sentenceRuleVersion }).toEqual({
      mergeVersion: 1,
      sentenceRuleVersion: 1,
    });
  });
});

const edit = (id: string, value: Known['value'], counter = 0): Omit<Known, 'parents'> => ({
  ...version(id, value, counter),
  recordId: 'record',
  group: 'status',
});

describe('a replica', () => {
  const first = write(emptyReplica<Known>(), edit('1', { status: 'open' })).replica;
  const left = write(first, edit('2', { status: 'done' })).change;
  const right = write(first, edit('3', { status: 'stopped' })).change;
  const both = receive(first, left, right);
  const state = (replica: typeof first) => groupState('decide', [...replica.changes.values()]);

  test('H1 is the same whatever order changes come in, and how often', () => {
    const changes = [...both.changes.values()];
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
        fc.constantFrom(...policies),
        (arrived, policy) => {
          const replica = receive(emptyReplica<Known>(), ...arrived);
          expect(groupStates(replica, () => policy)).toEqual(groupStates(both, () => policy));
        },
      ),
    );
  });

  test('G4 the first content of an id stays', () => {
    expect(receive(both, { ...left, value: { status: 'forged' } })).toBe(both);
  });

  test('D5 an edit replaces the heads its author was looking at, not those that arrived meanwhile', () => {
    const late = write(both, edit('4', { status: 'late' }), [left.id]);
    expect(late.change.parents).toEqual([left.id]);
    expect(state(late.replica)).toMatchObject({
      state: 'conflict',
      heads: [{ id: '3' }, { id: '4' }],
    });
  });

  test('S1 a change over all heads settles the conflict', () => {
    expect(state(both).state).toBe('conflict');
    const settled = write(both, edit('4', { status: 'done' }));
    expect(settled.change.parents).toEqual(['2', '3']);
    expect(state(settled.replica)).toMatchObject({ state: 'settled', value: { status: 'done' } });
  });

  test('S2 settlements that cross and differ reopen it; equal ones do not', () => {
    const one = write(both, edit('4', { status: 'done' })).change;
    const other = write(both, edit('5', { status: 'stopped' })).change;
    const same = write(both, edit('6', { status: 'done' })).change;
    expect(state(receive(both, one, other)).state).toBe('conflict');
    expect(state(receive(both, one, same)).state).toBe('settled');
  });

  test('S2 a late edit beside a settlement opens the conflict again', () => {
    const settled = write(both, edit('4', { status: 'done' })).replica;
    const late = write(first, edit('5', { status: 'other' })).change;
    expect(state(receive(settled, late))).toMatchObject({ heads: [{ id: '4' }, { id: '5' }] });
  });

  test('S3 showing a conflict, however often, writes nothing and changes nothing', () => {
    const before = [...both.changes.keys()];
    expect(groupStates(both, () => 'decide')).toEqual(groupStates(both, () => 'decide'));
    expect([...both.changes.keys()]).toEqual(before);
  });

  test('C4 clocks change nothing but what latest shows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffff }), { minLength: 3, maxLength: 3 }), (clocks) => {
        const changed = [...both.changes.values()].map((change, index) => ({
          ...change,
          time: at(clocks[index] ?? 0),
        }));
        const other = groupState('decide', changed);
        expect(other).toMatchObject({ state: 'conflict', heads: [{ id: '2' }, { id: '3' }] });
      }),
    );
  });
});
