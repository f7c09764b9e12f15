import { describe, expect, it } from 'vitest';
import type { RecordView } from '#shared/contract/views.ts';
import { contradictionRules } from '#shared/domain/contradiction-rules.ts';
import {
  action,
  goal,
  idOf,
  need,
  record,
  removed,
  settled,
  viewOf,
} from '../../../../tests/window/records.ts';
import { contradictionsOf } from './contradictions.ts';
import { planTree } from './plan-tree.ts';

const by = (person: number, status = 'in-progress', start: string | null = null) => ({
  responsibility: { responsibleId: idOf(person), deputyId: null },
  status: { status, reason: '', date: null },
  schedule: { frequency: '', start, end: null },
});

const goalThat = (
  lifecycle: string,
  target: string | null = null,
  achieved = false,
): RecordView => {
  const plain = goal(20, 'Paino', 10, 'a0');
  return {
    ...plain,
    groups: {
      ...plain.groups,
      lifecycle: settled(2_100, { status: lifecycle, reason: '', date: null }),
      target: settled(2_101, { date: target }),
      achievement: settled(2_102, {
        achievement: achieved ? 'achieved' : 'no-change',
        date: null,
        grounds: '',
      }),
    },
  };
};

const dissent = (n: number, about: string, whose = 'client'): RecordView =>
  record(n, 'dissenting-view', { view: { whose, name: '', about, text: 'Ei käy.', date: null } });

/** Each as `row: rule → other`, with whom each side is to be asked of. */
const found = (...records: readonly RecordView[]): readonly string[] => {
  const view = viewOf(need(10, 'Ravinto', 'a0'), ...records);
  return [...contradictionsOf(planTree(view), view).values()].flat().map(({ rule, own, other }) => {
    const side = (of: typeof own) =>
      `${Number.parseInt(of.recordId.slice(-12), 16)}/${Number.parseInt(of.personId?.slice(-12) ?? '0', 16)}`;
    return `${side(own)} ${rule} ${side(other)}`;
  });
};

describe('what in a plan speaks against itself', () => {
  it('is an action that goes on though its goal does not', () => {
    const going = action(30, 'Punnitus', 20, 'a0', by(902));
    expect(found(goalThat('on-hold'), going)).toEqual(['30/902 goal-not-pursued 20/901']);
    expect(found(goalThat('ended'), going)).toHaveLength(1);
    expect(found(goalThat('active'), going)).toEqual([]);
    expect(found(goalThat('on-hold'), action(30, 'Punnitus', 20, 'a0', by(902, 'done')))).toEqual(
      [],
    );
    expect(
      found(goalThat('on-hold'), action(30, 'Punnitus', 20, 'a0', by(902, 'proposed'))),
    ).toEqual([]);
  });

  it('is a goal for which nothing is left to be done', () => {
    const done = action(30, 'Punnitus', 20, 'a0', by(902, 'done'));
    const given = action(31, 'Ateria', 20, 'a1', by(903, 'not-done'));
    expect(found(goalThat('active'), done, given)).toEqual(['20/901 no-action-left 31/903']);
    expect(found(goalThat('active', null, true), done, given)).toEqual([]);
    expect(found(goalThat('ended'), done)).toEqual([]);
    expect(found(goalThat('active'))).toEqual([]);
    expect(found(goalThat('active'), done, action(32, 'Muu', 20, 'a2', by(904)))).toEqual([]);
    expect(
      found(goalThat('active'), done, action(32, 'Muu', 20, 'a2', by(904), removed())),
    ).toHaveLength(1);
  });

  it('is an action that begins after its goal’s day', () => {
    const late = action(30, 'Punnitus', 20, 'a0', by(902, 'agreed', '2027-02-02'));
    expect(found(goalThat('active', '2027-02-01'), late)).toEqual([
      '30/902 starts-after-target 20/901',
    ]);
    expect(found(goalThat('active', '2027-02-02'), late)).toEqual([]);
    expect(found(goalThat('active'), late)).toEqual([]);
  });

  it('is an action that the client sees otherwise', () => {
    const meal = action(30, 'Ateriapalvelu kotiin', 20, 'a0', by(902));
    expect(found(goalThat('active'), meal, dissent(40, 'Ateriapalvelusta'))).toEqual([
      '30/902 client-dissents 40/901',
    ]);
    expect(found(goalThat('active'), meal, dissent(40, 'ateriapalvelu', 'partner'))).toEqual([]);
    expect(found(goalThat('active'), meal, dissent(40, 'Ateriapalvelun hinta'))).toEqual([]);
    for (const about of ['', '…', 'a b c', '<b>', '\u202E\u{1F600}']) {
      expect(found(goalThat('active'), meal, dissent(40, about))).toEqual([]);
    }
  });

  it('is two people’s actions in opposite directions, told at both', () => {
    const more = action(30, 'Lisätään kotihoidon käyntejä', 20, 'a0', by(902));
    const less = action(31, 'Vähennetään kotihoidon käyntejä', 20, 'a1', by(903));
    expect(found(goalThat('active'), more, less)).toEqual([
      '30/902 opposite-direction 31/903',
      '31/903 opposite-direction 30/902',
    ]);
    const own = action(31, 'Vähennetään kotihoidon käyntejä', 20, 'a1', by(902));
    expect(found(goalThat('active'), more, own)).toEqual([]);
    const another = action(31, 'Vähennetään lääkkeitä illalla', 20, 'a1', by(903));
    expect(found(goalThat('active'), more, another)).toEqual([]);
    const over = action(31, 'Vähennetään kotihoidon käyntejä', 20, 'a1', by(903, 'done'));
    expect(found(goalThat('active'), more, over)).toEqual([]);
    expect(
      found(
        goalThat('active'),
        action(30, 'Öka hemvårdens besök', 20, 'a0', by(902)),
        action(31, 'Minska hemvårdens besök', 20, 'a1', by(903)),
      ),
    ).toHaveLength(2);
  });

  it('is found in a plan of a thousand actions, and in none that says nothing', () => {
    const title = (n: number): string =>
      `${n % 2 === 0 ? 'Lisätään' : 'Vähennetään'} kotihoidon käyntejä ${'x'.repeat(180)}`;
    const many = Array.from({ length: 1_000 }, (_, n) =>
      action(100 + n, title(n), 20, `a${n}`, by(2_000 + n)),
    );
    expect(found(goalThat('active'), ...many)).toHaveLength(3_000);
    expect(found()).toEqual([]);
    expect(found(action(30, '', 99, 'a0'), record(20, 'goal', {}), dissent(40, 'x'))).toEqual([]);
  });

  it('has a rule only once', () => {
    const ids = contradictionRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
