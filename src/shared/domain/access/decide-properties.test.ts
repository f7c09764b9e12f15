import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finnishDayStart } from '../civil-date.ts';
import { compartments, findCode, professions, registerOf, taskClasses } from '../codes.ts';
import { decide, nextBoundary } from './decide.ts';
import { openingGrounds } from './rules.ts';
import type { TeamRole } from './team-membership.ts';
import {
  today,
  yesterday,
  tomorrow,
  nowMs,
  hour,
  taskOf,
  personOf,
  member,
  clientOf,
  jointService,
  permission,
  prohibition,
  openingOf,
  ask,
  wordOf,
} from '../../../../tests/access/question.ts';

describe('properties of the decision', () => {
  const days = fc.constantFrom('2026-11-20', yesterday, today, tomorrow, '2026-12-01');
  const anySpan = fc.record({ validFrom: days, validTo: fc.option(days) });
  const parts = compartments.map(({ id }) => id);
  const somePart = fc.constantFrom(...parts);
  const someParts = fc.uniqueArray(somePart, { maxLength: 4 });
  const roles = fc.constantFrom<TeamRole>(
    'custodian',
    'responsible',
    'participant',
    'consultant',
    'deputy',
    'student',
    'external',
  );
  const anyMember = fc
    .tuple(
      roles,
      anySpan,
      fc.constantFrom('me', 'you', 'guide'),
      fc.constantFrom(...taskClasses.map(({ id }) => id)),
    )
    .map(([role, times, person, taskClass]) =>
      member(role, { ...times, taskClass, supervisorId: 'guide' }, person),
    );
  const anyPerson = (id: string) =>
    fc
      .record({
        active: fc.boolean(),
        tasks: fc.array(
          fc
            .tuple(
              fc.constantFrom(...professions.map(({ id: each }) => each)),
              anySpan,
              fc.boolean(),
              someParts,
            )
            .map(([profession, times, round, services]) =>
              taskOf(profession, { ...times, round, services }),
            ),
          { maxLength: 2 },
        ),
      })
      .map(({ active, tasks }) =>
        personOf('nurse', { id, active, tasks, partnerSector: 'association' }),
      );
  const anyClient = fc
    .record({
      restraintOnDisclosure: fc.boolean(),
      team: fc.array(anyMember, { maxLength: 4 }),
      jointServices: fc.array(
        fc
          .tuple(someParts, anySpan)
          .map(([list, times]) => ({ ...jointService(...list), ...times })),
        { maxLength: 2 },
      ),
      permissions: fc.array(
        fc
          .tuple(
            fc.constantFrom('social-to-health' as const, 'health-to-social' as const),
            someParts,
            anySpan,
          )
          .map(([direction, list, times]) => ({ ...permission(direction, ...list), ...times })),
        { maxLength: 2 },
      ),
      consents: fc.array(
        anySpan.map((times) => ({ recordId: 'c', sectors: ['association'], ...times })),
        { maxLength: 2 },
      ),
      prohibitions: fc.array(
        fc
          .tuple(
            fc.constantFrom(
              'all' as const,
              'register' as const,
              'service' as const,
              'document' as const,
            ),
            someParts,
            anySpan,
          )
          .map(([level, list, times]) => ({
            ...prohibition(level, { compartments: list, register: 'social' }),
            ...times,
          })),
        { maxLength: 2 },
      ),
    })
    .map((facts) => clientOf(facts));
  const anyOpening = fc
    .tuple(
      fc.constantFrom(...openingGrounds.map(({ id }) => id)),
      someParts,
      fc.integer({ min: -3, max: 1 }),
      fc.integer({ min: -1, max: 3 }),
    )
    .map(([ground, list, from, until]) =>
      openingOf(ground, {
        compartments: list,
        fromMs: nowMs + from * hour,
        untilMs: nowMs + until * hour,
      }),
    );
  const anyQuestion = fc
    .record({
      person: anyPerson('me'),
      guide: anyPerson('guide'),
      client: anyClient,
      openings: fc.array(anyOpening, { maxLength: 2 }),
    })
    .map(({ person, guide, client, openings }) => ask(person, client, openings, [guide]));

  test('nothing opens without a current relation, to nobody inactive, and never a restricted part but to its own service', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const answer = decide(question, part);
        if (!answer.allowed) return;
        expect(question.person.active).toBe(true);
        expect(
          question.person.tasks.some(
            (task) => task.validFrom <= today && (task.validTo ?? today) >= today,
          ),
        ).toBe(true);
        if (findCode(compartments, part)?.restricted === true) {
          expect(question.person.tasks.some((task) => task.services.includes(part))).toBe(true);
        }
        if (answer.untilMs !== null) expect(answer.untilMs).toBeGreaterThan(nowMs);
      }),
      { numRuns: 3_000 },
    );
  });

  test('writing stays in the own register', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const answer = decide(question, part);
        if (answer.allowed && answer.writes)
          expect(['relation', 'confirmation']).toContain(answer.basis);
        if (answer.allowed && answer.manages) expect(answer.writes).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a prohibition never opens anything, and a permission never closes anything', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const without = { ...question, client: { ...question.client, prohibitions: [] } };
        if (decide(question, part).allowed) expect(decide(without, part).allowed).toBe(true);
        const more = {
          ...question,
          client: {
            ...question.client,
            permissions: [
              ...question.client.permissions,
              permission('social-to-health', part),
              permission('health-to-social', part),
            ],
          },
        };
        if (decide(question, part).allowed) expect(decide(more, part).allowed).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the answer is the same whatever order the facts stand in', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const { client } = question;
        const turned = {
          ...question,
          openings: question.openings.toReversed(),
          person: { ...question.person, tasks: question.person.tasks.toReversed() },
          client: {
            ...client,
            team: client.team.toReversed(),
            permissions: client.permissions.toReversed(),
            prohibitions: client.prohibitions.toReversed(),
            jointServices: client.jointServices.toReversed(),
          },
        };
        const [a, b] = [decide(question, part), decide(turned, part)];
        expect(a.allowed).toBe(b.allowed);
        if (a.allowed && b.allowed)
          expect([a.writes, a.manages, a.untilMs]).toEqual([b.writes, b.manages, b.untilMs]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('between now and the next boundary the answer does not change', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        somePart,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (question, part, place) => {
          const next = nextBoundary(question) ?? nowMs + 90 * 24 * hour;
          const later = Math.floor(nowMs + (next - 1 - nowMs) * place);
          const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Helsinki' }).format(
            later,
          );
          const then = { ...question, moment: { today: day, nowMs: later } };
          expect(decide(then, part).allowed).toBe(decide(question, part).allowed);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('what is granted until a moment is not granted on that ground from it on', () => {
    const question = ask(
      personOf('doctor'),
      clientOf({ team: [member('participant', { validTo: today })] }),
    );
    const answer = decide(question, 'joint/plan');
    const until = (answer.allowed && answer.untilMs) || 0;
    expect(until).toBe(finnishDayStart(tomorrow));
    const after = { ...question, moment: { today: tomorrow, nowMs: until } };
    expect(wordOf(after, 'joint/plan')).toBe('relation-ended');
    expect(registerOf('joint/plan')).toBe('joint');
  });
});
