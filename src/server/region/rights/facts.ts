import { permissionFacts, type PermissionFact } from '#shared/domain/access/permission-facts.ts';
import { membershipGranted, type TeamMembership } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { client } from '#shared/domain/records/client.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import { existenceSchema, recordState, type RecordState } from '#shared/sync/existence.ts';

/** A head of one of the records on which rights depend. */
export type Head = {
  readonly changeId: Id;
  readonly recordId: Id;
  readonly kind: string;
  readonly caseId: Id;
  readonly group: string;
  readonly value: unknown;
  readonly authorId: Id;
  readonly seq: number;
};

export type MembershipRow = TeamMembership & { readonly caseId: Id; readonly seq: number };

export type PermissionRow = {
  readonly recordId: Id;
  readonly place: number;
  readonly caseId: Id;
  readonly kind: string;
  readonly fact: PermissionFact;
};

export type StandingRow = {
  readonly caseId: Id;
  readonly unitId: Id | null;
  readonly restraint: boolean;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string | null;
  readonly personalIdentityCode: string | null;
};

const valuesOf = (heads: readonly Head[], group: string): readonly unknown[] =>
  heads.filter((head) => head.group === group).map((head) => head.value);

/** Removal of one record, as its heads tell it (SPEC R1–R3). One that cannot be read is not settled. */
const stateOf = (heads: readonly Head[]): RecordState['state'] => {
  const values = valuesOf(heads, existenceGroup);
  const existence = values.flatMap((value) => {
    const read = existenceSchema.safeParse(value);
    return read.success ? [read.data] : [];
  });
  if (existence.length < values.length) return 'removed-and-edited';
  const removals = existence.filter((value) => value.state === 'removed');
  return recordState(
    removals,
    removals.length < existence.length,
    heads.filter((head) => head.group !== existenceGroup).map((head) => head.changeId),
  ).state;
};

/** What a membership grants, stored on `today`; removed, or edited apart from its removal, nothing. */
export const membershipRow = (heads: readonly Head[], today: CivilDate): MembershipRow | null => {
  const grants = heads.filter((head) => head.group === 'grant');
  const [first] = grants;
  if (!first || stateOf(heads) !== 'standing') return null;
  const granted = membershipGranted(first.recordId, grants, today);
  return (
    granted && {
      ...granted,
      caseId: first.caseId,
      seq: Math.max(...grants.map((head) => head.seq)),
    }
  );
};

/** Takes away rather than gives: it holds until its removal is settled. */
const forbids = (kind: string): boolean =>
  kind === 'prohibition' || kind === 'guardian-prohibition';

/**
 * What a permission, consent, prohibition or joint service comes to. While it is unsettled whether one is
 * removed, what opens opens nothing and what forbids forbids.
 */
export const permissionRows = (heads: readonly Head[]): readonly PermissionRow[] => {
  const [first] = heads;
  if (!first || !isPermissionKind(first.kind)) return [];
  const state = stateOf(heads);
  const holds = forbids(first.kind) ? state !== 'removed' : state === 'standing';
  if (!holds) return [];
  const { recordId, caseId, kind } = first;
  return permissionFacts(first.kind, recordId, valuesOf(heads, 'scope')).map((fact, place) => ({
    recordId,
    place,
    caseId,
    kind,
    fact,
  }));
};

const { identity, protection, care } = client.groups;

/**
 * What the client's own record comes to. Heads that differ are read so that they open least: a restraint
 * holds when any of them says so, and a unit counts only when all name it. A name is the latest one.
 */
export const standingRow = (heads: readonly Head[]): StandingRow | null => {
  const [first] = heads;
  if (!first) return null;
  const units = valuesOf(heads, 'care').map((value) => {
    const read = care.schema.safeParse(value);
    return read.success ? read.data.unitId : null;
  });
  const [unitId = null] = units;
  const named = heads
    .filter((head) => head.group === 'identity')
    .toSorted((a, b) => b.seq - a.seq)
    .flatMap((head) => {
      const read = identity.schema.safeParse(head.value);
      return read.success ? [read.data] : [];
    });
  return {
    caseId: first.caseId,
    unitId: units.every((unit) => unit === unitId) ? unitId : null,
    restraint: valuesOf(heads, 'protection').some((value) => {
      const read = protection.schema.safeParse(value);
      return !read.success || read.data.restraintOnDisclosure;
    }),
    familyName: named[0]?.familyName ?? '',
    givenNames: named[0]?.givenNames ?? '',
    birthDate: named[0]?.birthDate ?? null,
    personalIdentityCode:
      named.find((each) => each.personalIdentityCode !== null)?.personalIdentityCode ?? null,
  };
};
