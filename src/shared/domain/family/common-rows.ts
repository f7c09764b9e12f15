import { sameJson, type JsonObject } from '#shared/lib/canonical-json.ts';
import { jointPlan } from '../codes.ts';
import { derivedId, type Id } from '../ids.ts';

/** A group as it is read: one value, or versions that wait for a person. */
type ReadGroup =
  | { readonly state: 'settled' | 'merged'; readonly value: unknown; readonly heads: Heads }
  | { readonly state: 'conflict'; readonly heads: Heads };
type Heads = readonly { readonly changeId: Id }[];

/** A row of a plan, as far as rows of several plans are compared. */
export type FamilyRow = {
  readonly id: Id;
  readonly kind: string;
  readonly compartment: string;
  readonly existence: { readonly state: string };
  readonly groups: { readonly [group: string]: ReadGroup };
};

/**
 * What rows of several children have in common: their words and when. How it goes, who answers and what was
 * agreed is each child's own, and never compared.
 */
const comparedGroups: { readonly [kind: string]: readonly string[] } = {
  goal: ['statement', 'target'],
  action: ['content', 'schedule'],
};

/** Rows of the joint plan alone: what one service keeps in its own register stays with that child. */
export const canBeCommon = ({
  kind,
  compartment,
}: Pick<FamilyRow, 'kind' | 'compartment'>): boolean =>
  compartment === jointPlan && Object.hasOwn(comparedGroups, kind);

/** The common id of a row that is common for the first time: two who share it apart come to the same. */
export const newPartOf = (recordId: Id): Id => derivedId('family-part', recordId);

/** The row of one child's plan that says a common thing: one, whoever puts it there. */
export const copyIdOf = (part: Id, caseId: Id): Id =>
  derivedId('family-part-row', `${part} ${caseId}`);

export const valueIn = (row: FamilyRow, group: string): JsonObject | null => {
  const found = Object.hasOwn(row.groups, group) ? row.groups[group] : undefined;
  return found === undefined || found.state === 'conflict' ? null : (found.value as JsonObject);
};

/** The common id that a row carries, kept apart or not; null for a row of one child alone. */
export const carriedPart = (row: FamilyRow): Id | null => {
  const id = canBeCommon(row) ? valueIn(row, 'family-part')?.['id'] : null;
  return typeof id === 'string' ? id : null;
};

/** The common id of a row that is compared with the others. */
export const partOf = (row: FamilyRow): Id | null =>
  row.existence.state !== 'removed' && valueIn(row, 'family-part')?.['isCommon'] === true
    ? carriedPart(row)
    : null;

export type Difference = {
  readonly group: string;
  readonly here: JsonObject | null;
  readonly there: JsonObject | null;
  /** Where versions wait for a person first; null when the words can be brought. */
  readonly waits: 'here' | 'there' | null;
};

/** What the row says otherwise than the other plan's row. */
export const differencesOf = (row: FamilyRow, other: FamilyRow): readonly Difference[] =>
  (comparedGroups[row.kind] ?? []).flatMap((group) => {
    const [here, there] = [valueIn(row, group), valueIn(other, group)];
    const waits =
      row.groups[group]?.state === 'conflict'
        ? 'here'
        : other.groups[group]?.state === 'conflict'
          ? 'there'
          : null;
    const differs = waits !== null || !sameJson(here, there);
    return differs ? [{ group, here, there, waits }] : [];
  });

/** A change of one group as `records.write` takes it. */
export type FamilyEdit = {
  readonly recordId: Id;
  readonly kind: string;
  readonly compartment: string;
  readonly group: string;
  readonly value: JsonObject;
  readonly basedOn: Id[];
};

/** New versions that make the other plan's row say the same as this one, on those that were seen there. */
export const bringEdits = (row: FamilyRow, other: FamilyRow): readonly FamilyEdit[] =>
  differencesOf(row, other).flatMap(({ group, here, waits }) =>
    here === null || waits !== null
      ? []
      : [
          {
            recordId: other.id,
            kind: other.kind,
            compartment: other.compartment,
            group,
            value: here,
            basedOn: (other.groups[group]?.heads ?? []).map(({ changeId }) => changeId),
          },
        ],
  );

/** Makes the row one that is compared, or keeps it apart. */
export const partEdit = (row: FamilyRow, isCommon: boolean): FamilyEdit => ({
  recordId: row.id,
  kind: row.kind,
  compartment: row.compartment,
  group: 'family-part',
  value: { id: carriedPart(row) ?? newPartOf(row.id), isCommon },
  basedOn: (row.groups['family-part']?.heads ?? []).map(({ changeId }) => changeId),
});
