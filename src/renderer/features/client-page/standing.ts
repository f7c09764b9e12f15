import type { ClientView, GrantPart } from '#shared/contract/views.ts';

/** From the steadiest to the most passing: what stands by itself comes before what was opened for a time. */
const steadiness: Readonly<Record<GrantPart['relation'], number>> = {
  team: 0,
  absence: 1,
  round: 2,
  student: 3,
  external: 4,
  opening: 5,
  emergency: 6,
};

/** The part that says best why one sees the client. */
export const strongestPart = (parts: readonly GrantPart[]): GrantPart | undefined =>
  parts.toSorted(
    (a, b) =>
      steadiness[a.relation] - steadiness[b.relation] ||
      Number(b.manages) - Number(a.manages) ||
      Number(b.writes) - Number(a.writes),
  )[0];

/** Which words of `client:ground` say why: the role for a place in the team, else the relation. */
export const groundKey = (part: GrantPart | undefined): string => {
  if (part === undefined) return 'team';
  return part.relation === 'team' ? part.role : part.relation;
};

/** When the clock closes the last part; milliseconds since 1970, null when no end is in sight. */
export const endOf = ({ access: { parts } }: Pick<ClientView, 'access'>): number | null =>
  parts.reduce<number | null>(
    (latest, { untilMs }) =>
      latest === null || untilMs === null ? null : Math.max(latest, untilMs),
    parts.length === 0 ? null : 0,
  );

/** The next moment at which the clock closes some part. */
export const nextEnd = ({ access: { parts } }: Pick<ClientView, 'access'>): number | null => {
  const ends = parts.flatMap(({ untilMs }) => (untilMs === null ? [] : [untilMs]));
  return ends.length === 0 ? null : Math.min(...ends);
};

/** Whether a client who was open is gone because the right to it ended, and not because of trouble. */
export const hasLeft = (code: string): boolean =>
  code === 'no-access' || code === 'not-on-this-device';
