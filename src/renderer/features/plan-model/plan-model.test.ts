import { describe, expect, test } from 'vitest';
import {
  action,
  goal,
  idOf,
  need,
  record,
  removed,
  version,
  viewOf,
} from '../../../../tests/window/records.ts';
import { clientFacts } from './client-facts.ts';
import { gapsOf } from './gaps.ts';
import { nextDates } from './next-dates.ts';
import { notesOf } from './notes.ts';
import { allNodes, planTree, titleOf } from './plan-tree.ts';
import { strandsOf } from './strands.ts';
import { actionsOf, teamOf } from './team.ts';

const numbers = (view: ReturnType<typeof viewOf>, showRemoved = false) =>
  allNodes(planTree(view, { showRemoved })).map((node) => `${node.number} ${node.title}`);

describe('the tree of the plan', () => {
  test('rows stand by their order keys and are numbered from the top', () => {
    const view = viewOf(
      action(30, 'Punnitus', 20, 'a0'),
      goal(21, 'Syö kahdesti', 10, 'a1'),
      goal(20, 'Paino 54 kg', 10, 'a0'),
      need(11, 'Muisti', 'a1'),
      need(10, 'Ravinto', 'a0'),
    );
    expect(numbers(view)).toEqual([
      '1 Ravinto',
      '1.1 Paino 54 kg',
      '1.1.1 Punnitus',
      '1.2 Syö kahdesti',
      '2 Muisti',
    ]);
  });

  test('a removed row is left out and takes no number, unless all are asked for', () => {
    const view = viewOf(need(10, 'Ravinto', 'a0', removed()), need(11, 'Muisti', 'a1'));
    expect(numbers(view)).toEqual(['1 Muisti']);
    expect(numbers(view, true)).toEqual([' Ravinto', '1 Muisti']);
  });

  test('R4 what hangs on a removed row stays, and says so', () => {
    const tree = planTree(
      viewOf(
        need(10, 'Ravinto', 'a0', removed()),
        goal(20, 'Paino', 10, 'a0'),
        action(30, 'Punnitus', 20, 'a0'),
      ),
    );
    expect(allNodes(tree).map((node) => [node.title, node.state, node.hangsOnRemoved])).toEqual([
      ['Ravinto', 'removed', false],
      ['Paino', 'standing', true],
      ['Punnitus', 'standing', true],
    ]);
  });

  test('a goal whose need is not here is adrift, with its actions', () => {
    const tree = planTree(viewOf(goal(20, 'Paino', 99, 'a0'), action(30, 'Punnitus', 20, 'a0')));
    expect(tree.needs).toEqual([]);
    expect(tree.adrift.map((node) => [node.title, node.parentId, node.children.length])).toEqual([
      ['Paino', null, 1],
    ]);
  });

  test('a need whose id another names as a goal does not become a parent of actions', () => {
    const tree = planTree(viewOf(need(10, 'Ravinto', 'a0'), action(30, 'Punnitus', 10, 'a0')));
    expect(tree.needs[0]?.children).toEqual([]);
    expect(tree.adrift.map((node) => node.title)).toEqual(['Punnitus']);
  });

  test('a draft that nobody has written is no row', () => {
    const view = viewOf(
      record(20, 'goal', {}, { drafts: { statement: { value: {}, basedOn: [], savedAt: 1 } } }),
    );
    expect(allNodes(planTree(view))).toEqual([]);
  });

  test('a row in two versions shows the latest; a need without a title its area of life', () => {
    const heads = [
      version(1, { title: 'vanha', description: '', voice: 'client' }),
      version(2, { title: 'uusi', description: '', voice: 'client' }),
    ];
    const view = viewOf(
      need(10, '', 'a0'),
      record(20, 'goal', {
        statement: { state: 'conflict', heads, ancestor: null },
        belonging: { needId: idOf(10) },
      }),
    );
    const [first, second] = allNodes(planTree(view));
    expect(second?.title).toBe('uusi');
    expect(first && titleOf(first, 'sv')).toBe('Rörlighet och funktionsförmåga');
  });
});

describe('gaps', () => {
  test('nobody answers, nobody stands in, no goal; what is finished lacks nothing', () => {
    const view = viewOf(
      need(10, 'Ravinto', 'a0'),
      need(11, 'Muisti', 'a1'),
      goal(20, 'Paino', 10, 'a0'),
      action(30, 'ilman vastuuta', 20, 'a0'),
      action(31, 'ilman sijaista', 20, 'a1', {
        responsibility: { responsibleId: idOf(901), deputyId: null },
      }),
      action(32, 'valmis', 20, 'a2', { status: { status: 'done', reason: '', date: null } }),
      action(33, 'nimetty', 20, 'a3', {
        responsibility: { responsibleId: idOf(901), deputyId: idOf(902) },
      }),
    );
    expect(gapsOf(planTree(view)).map(({ gap, node }) => [node.number, gap])).toEqual([
      ['1.1.1', 'responsible'],
      ['1.1.2', 'deputy'],
      ['2', 'goal'],
    ]);
  });

  test('actions of an ended goal lack nothing', () => {
    const ended = goal(20, 'Paino', 10, 'a0');
    const view = viewOf(
      need(10, 'Ravinto', 'a0'),
      {
        ...ended,
        groups: {
          ...ended.groups,
          ...record(20, 'goal', { lifecycle: { status: 'ended', reason: '', date: null } }).groups,
        },
      },
      action(30, 'Punnitus', 20, 'a0'),
    );
    expect(gapsOf(planTree(view))).toEqual([]);
  });
});

test('next dates: the nearest first, what passed unfinished stays and says so', () => {
  const view = viewOf(
    record(1, 'plan', { review: { date: '2026-12-08' } }),
    need(10, 'Ravinto', 'a0'),
    goal(20, 'Paino', 10, 'a0'),
    action(30, 'Punnitus', 20, 'a0', {
      schedule: { frequency: '', start: '2026-11-01', end: '2026-11-20' },
    }),
    action(31, 'Alkaa vasta', 20, 'a1', {
      schedule: { frequency: '', start: '2026-12-01', end: null },
    }),
  );
  expect(
    nextDates(planTree(view), [], '2026-11-24').map(({ date, what, isPast }) => [
      date,
      what,
      isPast,
    ]),
  ).toEqual([
    ['2026-11-20', 'schedule-end', true],
    ['2026-12-01', 'schedule-start', false],
    ['2026-12-08', 'review', false],
  ]);
});

test('strands: who answers for an action; above it the same professions do, each once', () => {
  const responsible = (n: number) => ({
    responsibility: { responsibleId: idOf(n), deputyId: null },
  });
  const tree = planTree(
    viewOf(
      need(10, 'Ravinto', 'a0'),
      goal(20, 'Paino', 10, 'a0'),
      action(30, 'a', 20, 'a0', responsible(901)),
      action(31, 'b', 20, 'a1', responsible(902)),
      action(32, 'c', 20, 'a2', responsible(901)),
      action(33, 'poistettu', 20, 'a3', responsible(903), removed()),
    ),
  );
  const professionOf = (id: string): string => (id === idOf(901) ? 'nurse' : 'doctor');
  const strands = (n: number) => {
    const node = tree.byId.get(idOf(n));
    return node && strandsOf(node, professionOf);
  };
  expect(strands(30)).toEqual([{ profession: 'nurse', role: 'answers' }]);
  expect(strands(10)).toEqual([
    { profession: 'nurse', role: 'does' },
    { profession: 'doctor', role: 'does' },
  ]);
});

test('team: current by role, then those to come, then those who were', () => {
  const member = (n: number, role: string, validFrom: string, validTo: string | null) =>
    record(n, 'membership', {
      grant: {
        personId: idOf(900 + n),
        profession: 'nurse',
        taskClass: 'broad-health',
        role,
        validFrom,
        validTo,
        ground: '',
      },
    });
  const view = viewOf(
    member(1, 'deputy', '2026-01-01', '2026-11-23'),
    member(2, 'participant', '2026-01-01', '2026-11-24'),
    member(3, 'custodian', '2026-11-24', null),
    member(4, 'responsible', '2026-11-25', null),
  );
  expect(teamOf(view, '2026-11-24').map(({ grant, when }) => [grant.personId, when])).toEqual([
    [idOf(903), 'current'],
    [idOf(902), 'current'],
    [idOf(904), 'coming'],
    [idOf(901), 'ended'],
  ]);
  expect(actionsOf(planTree(view), idOf(903))).toEqual([]);
});

test('notes: the latest happening first, the corrected one knows its correction', () => {
  const entry = (n: number, happenedAt: string, corrects: string | null = null) =>
    record(n, 'note', { entry: { kind: 'contact', text: `${n}`, happenedAt, corrects } });
  const view = viewOf(
    entry(1, '2026-11-20T10:00'),
    entry(2, '2026-11-23T09:00'),
    entry(3, '2026-11-20T10:00', idOf(1)),
  );
  expect(notesOf(view).map((note) => [note.entry.text, note.correctedBy])).toEqual([
    ['2', null],
    ['3', null],
    ['1', idOf(3)],
  ]);
});

test('the client bar: birth date from the code, preferred name, nothing invented', () => {
  const identity = {
    familyName: 'Kivimetsä',
    givenNames: 'Aune Maria',
    preferredName: 'Aune',
    personalIdentityCode: '140347-926E',
    temporaryId: null,
    birthDate: null,
  };
  expect(clientFacts(viewOf(record(1_000, 'client', { identity })))).toMatchObject({
    name: 'Aune Kivimetsä',
    birthDate: '1947-03-14',
    identity: '140347-926E',
    serviceLanguage: null,
    restraintOnDisclosure: false,
  });
  expect(clientFacts(viewOf())).toMatchObject({ name: '', birthDate: null, identity: null });
});
