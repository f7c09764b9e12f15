import type { Person } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { writeUse } from '../use-log/write-use.ts';

export type Way = 'account' | 'provider';

/** How the person proved who they are, or why a session began or ended without that. */
export type SignInGround = Way | 'asked' | 'provider-logout' | 'device-rekeyed';

/** Puts a sign-in or sign-out in the log of use; it concerns no client and so no register. */
export const logSignIn = (
  tx: Reader,
  { now, random }: Pick<RegionContext, 'now' | 'random'>,
  entry: {
    readonly action: 'sign-in' | 'sign-out';
    readonly person: Person;
    readonly deviceId: Id;
    readonly ground: SignInGround;
  },
): Promise<void> => {
  const { person } = entry;
  const atMs = now().getTime();
  return writeUse(tx, [
    {
      id: newId(atMs, random),
      atMs,
      action: entry.action,
      personId: person.id,
      profession: person.profession,
      taskClass: person.taskClass,
      unitId: person.unitId,
      role: '',
      caseId: null,
      register: 'none',
      compartments: [],
      what: {},
      ground: entry.ground,
      basisId: null,
      deviceId: entry.deviceId,
      offline: false,
    },
  ]);
};

/**
 * Counts how sign-ins went, day by day. Of a refused one nothing else is kept: who tried is not known,
 * and what they typed may be somebody's secret in the wrong field.
 */
export const countSignIn = async (
  db: Reader,
  way: Way,
  outcome: string,
  now: Date,
): Promise<void> => {
  await db.query(
    `INSERT INTO sign_in_count AS known (day, way, outcome, count)
     VALUES ($1::timestamptz AT TIME ZONE 'Europe/Helsinki', $2, $3, 1)
     ON CONFLICT (day, way, outcome) DO UPDATE SET count = known.count + 1`,
    [now, way, outcome],
  );
};
