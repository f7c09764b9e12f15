import { finnishDate, addDays, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Person, WorkTask } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Transaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { findPerson, savePeople } from '../directory.ts';
import type { PersonClaims } from './claims.ts';

/** Any number: first sign-ins take turns, so that nobody becomes two people. */
const firstSignIn = 7_021_050;

const findKnown = async (
  tx: Transaction,
  issuer: string,
  subject: string,
): Promise<Person | null> => {
  const [identity] = await tx.query<{ personId: Id }>(
    `SELECT person_id AS "personId" FROM provider_identity WHERE issuer = $1 AND subject = $2`,
    [issuer, subject],
  );
  return identity === undefined ? null : findPerson(tx, identity.personId);
};

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/**
 * Somebody whom the region knew before the provider named them: by the number in the registers of
 * professionals, and the names must agree. `taken`: the number is another person's, or of several.
 */
const findByNumber = async (
  tx: Transaction,
  claims: PersonClaims,
): Promise<Person | 'taken' | null> => {
  if (claims.registerNumber === null) return null;
  const found = await tx.query<{ id: Id }>(`SELECT id FROM person WHERE registers_number = $1`, [
    claims.registerNumber,
  ]);
  if (found.length === 0) return null;
  const person = found.length === 1 && found[0] ? await findPerson(tx, found[0].id) : null;
  const sameNames =
    person !== null &&
    folded(person.givenName) === folded(claims.givenName ?? '') &&
    folded(person.familyName) === folded(claims.familyName ?? '');
  return sameNames ? person : 'taken';
};

/** Units by id or by exact name, in the order of the claim; those that the region does not have are left out. */
const findUnits = async (tx: Transaction, names: readonly string[]): Promise<readonly Id[]> => {
  const found = await tx.query<{ id: Id }>(
    `SELECT unit.id FROM unnest($1::text[]) WITH ORDINALITY AS given (name, place)
     JOIN unit ON unit.id::text = given.name OR unit.name = given.name ORDER BY given.place`,
    [names],
  );
  return [...new Set(found.map(({ id }) => id))];
};

type Place = { readonly unitId: Id | null; readonly taskClass: string };

/**
 * Which task class in which unit: by their places in the claims, or the only one with each of the others.
 * Null when the two lists do not fit together: nobody is given more than was meant.
 */
const placesOf = (
  units: readonly (Id | null)[],
  classes: readonly string[],
): readonly Place[] | null => {
  if (units.length !== classes.length && units.length > 1 && classes.length > 1) return null;
  return Array.from({ length: Math.max(units.length, classes.length) }, (_, index) => ({
    unitId: (units.length === 1 ? units[0] : units[index]) ?? null,
    taskClass: (classes.length === 1 ? classes[0] : classes[index]) ?? '',
  }));
};

const isOf = (task: WorkTask, place: Place, profession: string): boolean =>
  task.unitId === place.unitId &&
  task.taskClass === place.taskClass &&
  task.profession === profession;

/**
 * The work tasks that the claims come to. What the region has added to a task that goes on (services,
 * rounds, days) stays; a task that the provider no longer names ends, and is kept as history.
 */
const tasksOf = (
  known: readonly WorkTask[],
  places: readonly Place[],
  profession: string,
  today: CivilDate,
): readonly WorkTask[] => {
  const goesOn = (task: WorkTask): boolean => task.validTo === null || task.validTo >= today;
  const stays = (task: WorkTask): boolean =>
    goesOn(task) && places.some((place) => isOf(task, place, profession));
  const kept = known.flatMap((task): WorkTask[] => {
    if (stays(task) || !goesOn(task)) return [task];
    const yesterday = addDays(today, -1);
    return task.validFrom > yesterday ? [] : [{ ...task, validTo: yesterday }];
  });
  const added = places
    .filter((place) => !known.some((task) => stays(task) && isOf(task, place, profession)))
    .map((place): WorkTask => ({
      ...place,
      profession,
      services: [],
      round: false,
      validFrom: today,
      validTo: null,
    }));
  // One place and no history: the main fields say it already.
  if (kept.length === 0 && added.length === 1) return [];
  return [...kept, ...added].slice(-20);
};

const broughtUpToDate = async (
  tx: Transaction,
  person: Person,
  claims: PersonClaims,
  today: CivilDate,
): Promise<Person | null> => {
  const profession = claims.profession ?? person.profession;
  const named = {
    ...person,
    givenName: claims.givenName ?? person.givenName,
    familyName: claims.familyName ?? person.familyName,
    registerNumber: claims.registerNumber ?? person.registerNumber,
    profession,
  };
  if (claims.units === null && claims.taskClasses === null && claims.profession === null) {
    return named;
  }
  const units = claims.units === null ? [person.unitId] : await findUnits(tx, claims.units);
  const classes = claims.taskClasses?.length ? claims.taskClasses : [person.taskClass];
  const places = placesOf(units.length > 0 ? units : [null], classes);
  const [main] = places ?? [];
  if (places === null || main === undefined) return null;
  return {
    ...named,
    ...main,
    tasks: [...tasksOf(person.tasks, places, profession, today)],
  };
};

const newPerson = (claims: PersonClaims, id: Id): Person | null => {
  const { givenName, familyName, profession, taskClasses } = claims;
  const taskClass = taskClasses?.[0];
  if (givenName === null || familyName === null) return null;
  if (profession === null || taskClass === undefined) return null;
  return {
    id,
    givenName,
    familyName,
    profession,
    taskClass,
    unitId: null,
    registerNumber: claims.registerNumber,
    tasks: [],
    duties: [],
    partnerSector: null,
    active: true,
  };
};

/**
 * The person whom the provider means, brought up to date with what it says. Known by the provider's own
 * subject, else by register number and names; two people may share a name, so a name alone finds nobody.
 * Somebody new is taken in when the claims tell a profession and a task class. Who was made inactive in
 * the region stays so, whatever the provider says.
 */
export const personOfClaims = async (
  tx: Transaction,
  context: Pick<RegionContext, 'now' | 'random'>,
  issuer: string,
  claims: PersonClaims,
): Promise<Result<Id, 'no-access'>> => {
  const now = context.now();
  let person = await findKnown(tx, issuer, claims.subject);
  if (person === null) {
    await tx.query(`SELECT pg_advisory_xact_lock($1)`, [firstSignIn]);
    person = await findKnown(tx, issuer, claims.subject);
  }
  if (person === null) {
    const numbered = await findByNumber(tx, claims);
    if (numbered === 'taken') return err('no-access');
    person = numbered ?? newPerson(claims, newId(now.getTime(), context.random));
  }
  if (person === null || !person.active) return err('no-access');
  const today = finnishDate(now.getTime());
  const updated = await broughtUpToDate(tx, person, claims, today);
  if (updated === null) return err('no-access');
  await savePeople(tx, [updated]);
  await tx.query(
    `INSERT INTO provider_identity (issuer, subject, person_id, created_at, last_used_at)
     VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (issuer, subject) DO UPDATE SET last_used_at = excluded.last_used_at`,
    [issuer, claims.subject, person.id, now],
  );
  return ok(person.id);
};
