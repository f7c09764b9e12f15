import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { teamAccess, type TeamMembership } from './team-access.ts';

const membership = (
  membershipId: string,
  personId: string,
  validFrom: string,
  validTo: string | null,
): TeamMembership => ({ membershipId, personId, role: 'participant', validFrom, validTo });

const today = '2026-11-23';
const [yesterday, tomorrow] = ['2026-11-22', '2026-11-24'];

type Row = readonly [string, readonly TeamMembership[], string];

describe('access by team', () => {
  test.each<Row>([
    ['current, no end', [membership('m', 'me', yesterday, null)], 'm'],
    ['the first day is included', [membership('m', 'me', today, null)], 'm'],
    ['the last day is included', [membership('m', 'me', yesterday, today)], 'm'],
    ['one day only', [membership('m', 'me', today, today)], 'm'],
    ['ended yesterday', [membership('m', 'me', '2020-01-01', yesterday)], 'membership-ended'],
    ['begins tomorrow', [membership('m', 'me', tomorrow, null)], 'membership-not-begun'],
    ['never a member', [], 'no-membership'],
    ['somebody else is', [membership('m', 'you', yesterday, null)], 'no-membership'],
    [
      'one ended, another holds',
      [membership('old', 'me', '2020-01-01', yesterday), membership('new', 'me', today, null)],
      'new',
    ],
    [
      'one ended, another begins later',
      [membership('old', 'me', '2020-01-01', yesterday), membership('new', 'me', tomorrow, null)],
      'membership-not-begun',
    ],
    [
      'a range turned round opens nothing',
      [membership('m', 'me', tomorrow, yesterday)],
      'membership-not-begun',
    ],
  ])('%s', (_, memberships, due) => {
    const decision = teamAccess('me', memberships, today);
    expect(decision.allowed ? decision.membershipId : decision.because).toBe(due);
  });

  const days = fc.constantFrom('2026-11-21', yesterday, today, tomorrow, '2026-11-25');
  const memberships = fc.array(fc.tuple(fc.constantFrom('me', 'you'), days, fc.option(days)), {
    maxLength: 5,
  });

  test('opens exactly when some own membership holds today, whatever order they stand in', () => {
    fc.assert(
      fc.property(memberships, (rows) => {
        const team = rows.map(([person, from, to], index) =>
          membership(`${index}`, person, from, to),
        );
        const holds = rows.some(
          ([person, from, to]) => person === 'me' && from <= today && (to === null || today <= to),
        );
        expect(teamAccess('me', team, today).allowed).toBe(holds);
        expect(teamAccess('me', team.toReversed(), today).allowed).toBe(holds);
      }),
    );
  });

  test('another person’s membership never changes the answer', () => {
    fc.assert(
      fc.property(memberships, (rows) => {
        const team = rows.map(([person, from, to], index) =>
          membership(`${index}`, person, from, to),
        );
        const own = team.filter(({ personId }) => personId === 'me');
        expect(teamAccess('me', team, today)).toEqual(teamAccess('me', own, today));
      }),
    );
  });
});
