import type { z } from 'zod';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Id } from '../ids.ts';
import {
  consent,
  guardianProhibition,
  jointService,
  permission,
  prohibition,
  type PermissionKind,
} from '../records/permission.ts';
import type {
  Consent,
  GuardianProhibition,
  JointService,
  Permission,
  Prohibition,
} from './facts.ts';

/** What one recorded permission, consent, prohibition or joint service comes to. */
export type PermissionFact =
  | ({ readonly kind: 'joint-service' } & JointService)
  | ({ readonly kind: 'permission' } & Permission)
  | ({ readonly kind: 'consent' } & Consent)
  | ({ readonly kind: 'prohibition' } & Prohibition)
  | ({ readonly kind: 'guardian-prohibition' } & GuardianProhibition);

type Span = { readonly validFrom: string; readonly validTo: string | null };

/** The versions that the schema reads; null when one of them cannot be read. */
const readAll = <S extends z.ZodType>(
  schema: S,
  values: readonly unknown[],
): readonly z.infer<S>[] | null => {
  const read = readSome(schema, values);
  return read.length === values.length ? read : null;
};

const readSome = <S extends z.ZodType>(
  schema: S,
  values: readonly unknown[],
): readonly z.infer<S>[] =>
  values.flatMap((value) => {
    const read = schema.safeParse(value);
    return read.success ? [read.data] : [];
  });

const inAll = <T>(lists: readonly (readonly T[])[]): readonly T[] =>
  (lists[0] ?? []).filter((member) => lists.every((list) => list.includes(member)));

const narrowestSpan = (spans: readonly Span[]): Span => {
  const ends = spans.flatMap(({ validTo }) => (validTo === null ? [] : [validTo]));
  return {
    validFrom:
      spans
        .map(({ validFrom }) => validFrom)
        .toSorted()
        .at(-1) ?? '9999-12-31',
    validTo: ends.toSorted()[0] ?? null,
  };
};

/**
 * What the heads of a permission record's `scope` group come to. While versions differ, what opens opens
 * only as far as all of them do, and what forbids forbids as much as any of them does. A version that
 * cannot be read opens nothing.
 */
export const permissionFacts = (
  kind: PermissionKind,
  recordId: Id,
  headValues: readonly unknown[],
): readonly PermissionFact[] => {
  switch (kind) {
    case 'joint-service': {
      const values = readAll(jointService.groups.scope.schema, headValues);
      if (!values || values.length === 0) return [];
      const compartments = inAll(values.map((value) => value.compartments));
      return [{ kind, recordId, compartments, ...narrowestSpan(values) }];
    }
    case 'permission':
      return permitted(recordId, readAll(permission.groups.scope.schema, headValues) ?? []);
    case 'consent': {
      const values = readAll(consent.groups.scope.schema, headValues);
      if (!values || values.length === 0) return [];
      const sectors = inAll(values.map((value) => value.sectors));
      return [{ kind, recordId, sectors, ...narrowestSpan(values) }];
    }
    case 'prohibition':
      return readSome(prohibition.groups.scope.schema, headValues).map((value) => ({
        kind,
        recordId,
        ...spanOf(value),
        level: value.level,
        register: value.register,
        compartments: value.compartments,
      }));
    case 'guardian-prohibition':
      return readSome(guardianProhibition.groups.scope.schema, headValues)
        .filter((value) => value.decision === 'accepted')
        .map((value) => ({
          kind,
          recordId,
          ...spanOf(value),
          representativeIds: value.representativeIds,
          compartments: value.compartments,
        }));
    default:
      return assertNever(kind);
  }
};

const permitted = (
  recordId: Id,
  values: readonly z.infer<typeof permission.groups.scope.schema>[],
): readonly PermissionFact[] => {
  const [first] = values;
  if (!first || values.some(({ direction }) => direction !== first.direction)) return [];
  const limited = values.filter(({ unitIds }) => unitIds.length > 0);
  const unitIds = inAll(limited.map((value) => value.unitIds));
  // Limited by both to units that none has in common: it is for nobody.
  if (limited.length > 0 && unitIds.length === 0) return [];
  const compartments = inAll(values.map((value) => value.compartments));
  const { direction } = first;
  return [
    { kind: 'permission', recordId, direction, compartments, unitIds, ...narrowestSpan(values) },
  ];
};

const spanOf = ({ validFrom, validTo }: Span): Span => ({ validFrom, validTo });

const ofKind = <K extends PermissionFact['kind']>(
  facts: readonly PermissionFact[],
  kind: K,
): readonly Extract<PermissionFact, { kind: K }>[] =>
  facts.filter((fact): fact is Extract<PermissionFact, { kind: K }> => fact.kind === kind);

/** Sorts a client's facts into the lists that `decide` reads. */
export const byPermissionKind = (facts: readonly PermissionFact[]) => ({
  jointServices: ofKind(facts, 'joint-service'),
  permissions: ofKind(facts, 'permission'),
  consents: ofKind(facts, 'consent'),
  prohibitions: ofKind(facts, 'prohibition'),
});

/**
 * Whether a guardian may be told of this part: never against a minor's prohibition that is followed
 * (703/2023 34, 40, 51 §; potilaslaki 9 §).
 */
export const mayTellGuardian = (
  facts: readonly PermissionFact[],
  representativeId: Id,
  compartment: string,
  today: string,
): boolean =>
  !ofKind(facts, 'guardian-prohibition').some(
    (ban) =>
      ban.validFrom <= today &&
      (ban.validTo === null || today <= ban.validTo) &&
      (ban.representativeIds.length === 0 || ban.representativeIds.includes(representativeId)) &&
      (ban.compartments.length === 0 || ban.compartments.includes(compartment)),
  );
