import { describe, expect, test } from 'vitest';
import type { VersionView } from '#shared/contract/views.ts';
import { acknowledgmentIdOf } from '#shared/domain/ids.ts';
import { makeDirectory } from '#renderer/store/people.ts';
import {
  action,
  goal,
  idOf,
  need,
  record,
  removed,
  viewOf,
} from '../../../../tests/window/records.ts';
import { planTree, teamOf } from '../plan-model/index.ts';
import { acknowledgmentEdit } from './acknowledge.ts';
import { askedBy, askedOption, askOptions } from './ask-options.ts';
import { acknowledgmentsOf, byPlace, isPast, requestsOf, shownPlace } from './plan-requests.ts';
import { standsInFor } from './stands-in-for.ts';

const today = '2026-11-26';

const question = (part: Partial<VersionView['value']> = {}): VersionView['value'] => ({
  kind: 'fill-part',
  personId: idOf(902),
  profession: null,
  recordId: idOf(20),
  group: null,
  text: 'Kirjaatko kävelykokeen?',
  due: null,
  ...part,
});
const request = (
  n: number,
  part: Partial<VersionView['value']> = {},
  answer?: VersionView['value'],
) => record(n, 'request', { question: question(part), ...(answer ? { answer } : {}) });

describe('the requests of a plan', () => {
  test('what is open stands first, by the day it is due; what has ended follows', () => {
    const requests = requestsOf(
      viewOf(
        request(1, { due: '2026-11-20' }, { state: 'answered', text: 'Tehty', date: today }),
        request(2),
        request(3, { due: '2026-12-08' }),
        request(4, { due: '2026-11-25' }),
      ),
      today,
    );
    expect(requests.map(({ record: { id }, standing }) => [id, standing])).toEqual([
      [idOf(4), 'overdue'],
      [idOf(3), 'waiting'],
      [idOf(2), 'waiting'],
      [idOf(1), 'answered'],
    ]);
    expect(requests.map(({ hasAnswer }) => hasAnswer)).toEqual([false, false, false, true]);
  });

  test('one that was removed, or that cannot be read, is left out', () => {
    const view = viewOf(
      record(1, 'request', { question: question() }, removed()),
      record(2, 'request', { question: { kind: 'something-new' } }),
      record(3, 'request', {}),
      request(4, { text: '<script>alert(1)</script> مرحبا 👩‍⚕️' }),
    );
    expect(requestsOf(view, today).map(({ question: { text } }) => text)).toEqual([
      '<script>alert(1)</script> مرحبا 👩‍⚕️',
    ]);
  });

  test('each is found at its place, and an address of a request leads there', () => {
    const requests = requestsOf(viewOf(request(1), request(2, { recordId: idOf(30) })), today);
    expect(byPlace(requests).get(idOf(30))).toHaveLength(1);
    expect(shownPlace(requests, idOf(2))).toBe(idOf(30));
    expect(shownPlace(requests, idOf(20))).toBe(idOf(20));
    expect(shownPlace(requests, null)).toBeNull();
  });

  test('many are read with a large plan', () => {
    const rows = Array.from({ length: 300 }, (_, n) => [
      need(10_000 + n, 'Tarve', `a${n}`),
      goal(20_000 + n, 'Tavoite', 10_000 + n, 'a0'),
      ...[0, 1, 2].map((m) => action(30_000 + 10 * n + m, 'Keino', 20_000 + n, `a${m}`)),
      request(60_000 + n, { recordId: idOf(20_000 + n) }),
    ]).flat();
    const view = viewOf(...rows);
    expect(byPlace(requestsOf(view, today)).size).toBe(300);
    expect(planTree(view).needs).toHaveLength(300);
  });
});

describe('what has been read', () => {
  const view = viewOf(
    record(5, 'acknowledgment', { receipt: { recordId: idOf(1), changeId: idOf(100) } }),
    record(6, 'acknowledgment', { receipt: { recordId: idOf(1), changeId: idOf(101) } }),
  );

  test('is told by who read which version, the latest first', () => {
    expect(
      acknowledgmentsOf(view)
        .get(idOf(1))
        ?.map(({ changeId }) => changeId),
    ).toEqual([idOf(101), idOf(100)]);
  });

  test('is one record of one person, whichever computer it is given at', () => {
    const about = { id: idOf(1), compartment: 'social/older-people' };
    const edit = acknowledgmentEdit(view, about, idOf(101), idOf(902));
    expect(edit).toMatchObject({
      recordId: acknowledgmentIdOf(idOf(1), idOf(902)),
      compartment: 'social/older-people',
      basedOn: [],
    });
    expect(edit.recordId).not.toBe(acknowledgmentIdOf(idOf(1), idOf(903)));
  });
});

describe('a request that has ended', () => {
  const answer = { state: 'answered', text: 'Tehty', date: today };
  const [ended] = requestsOf(viewOf(request(1, {}, answer)), today);
  const asker = idOf(901);

  test('is past for everybody but the asker, who has it to read', () => {
    if (!ended) throw new Error('no request');
    const byAnother = {
      ...ended,
      answered: { ...ended.asked, changeId: idOf(7), authorId: idOf(902) },
    };
    const read = { personId: asker, changeId: idOf(7), time: 1 };
    expect(isPast(byAnother, idOf(903), new Map())).toBe(true);
    expect(isPast(byAnother, asker, new Map())).toBe(false);
    expect(isPast(byAnother, asker, new Map([[idOf(1), [read]]]))).toBe(true);
    expect(isPast(byAnother, asker, new Map([[idOf(1), [{ ...read, changeId: idOf(8) }]]]))).toBe(
      false,
    );
    expect(isPast({ ...byAnother, isOpen: true }, idOf(903), new Map())).toBe(false);
  });
});

describe('whom one can ask', () => {
  const person = (n: number, givenName: string, profession: string) => ({
    id: idOf(n),
    givenName,
    familyName: 'Saarela',
    profession,
    taskClass: 'limited-health',
    unitId: null,
    registerNumber: null,
    tasks: [],
    duties: [],
    partnerSector: null,
    active: true,
  });
  const member = (n: number, personNumber: number, profession: string, role: string) =>
    record(n, 'membership', {
      grant: {
        personId: idOf(personNumber),
        profession,
        taskClass: 'limited-health',
        role,
        validFrom: '2026-01-01',
        validTo: null,
        ground: '',
      },
    });
  const directory = makeDirectory(
    [
      person(901, 'Kaisa', 'social-worker'),
      person(902, 'Ville', 'physiotherapist'),
      person(903, 'Oona', 'physiotherapist'),
      person(904, 'Lauri', 'external-partner'),
    ],
    [],
  );
  const view = viewOf(
    member(1, 901, 'social-worker', 'custodian'),
    member(2, 902, 'physiotherapist', 'participant'),
    member(3, 903, 'physiotherapist', 'participant'),
    member(4, 904, 'external-partner', 'external'),
    member(5, 905, 'nurse', 'participant'),
  );

  test('the team but oneself and other sectors, then professions; nobody whose name is unknown', () => {
    const options = askOptions(teamOf(view, today), directory, idOf(901), 'fi', 'kuka tahansa');
    expect(options.map(({ id }) => id)).toEqual([
      `person/${idOf(902)}`,
      `person/${idOf(903)}`,
      'profession/physiotherapist',
      'profession/nurse',
    ]);
  });

  test.each([`person/${idOf(902)}`, 'profession/nurse', null])('%s is kept as said', (option) => {
    expect(askedOption(askedBy(option))).toBe(option);
  });

  test('a deputy is asked in the place of whoever is away, with the clients handed over', () => {
    const absence = {
      id: idOf(1),
      personId: idOf(902),
      deputyId: idOf(903),
      validFrom: '2026-11-26',
      validTo: '2026-11-26',
      caseIds: [idOf(1_000)],
    };
    expect(standsInFor([absence], idOf(903), idOf(1_000), today)).toEqual([idOf(902)]);
    expect(standsInFor([absence], idOf(903), idOf(1_001), today)).toEqual([]);
    expect(standsInFor([absence], idOf(903), idOf(1_000), '2026-11-27')).toEqual([]);
    expect(standsInFor([absence], idOf(901), idOf(1_000), today)).toEqual([]);
  });
});
