import { currentSchema, type Change } from '#shared/domain/change.ts';
import { existenceGroup, groupDefinition, kindDefinition } from '#shared/domain/records/kinds.ts';
import { sameJson } from '#shared/lib/canonical-json.ts';

/** A group as one version of the program knows it. */
export type KnownGroup = {
  /** The least schema number a program must know to write it. */
  readonly since: number;
  readonly fields: ReadonlySet<string>;
};

/** What one version of the program knows: every schema number up to its own, and groups by name. */
export type Program = {
  readonly schema: number;
  readonly groupOf: (kind: string, group: string) => KnownGroup | undefined;
};

type Place = Pick<Change, 'kind' | 'group'>;
type Version = Pick<Change, 'value' | 'schema'>;

const existence: KnownGroup = { since: 1, fields: new Set(['state', 'reason', 'covers']) };

export const thisProgram: Program = {
  schema: currentSchema,
  groupOf: (kind, group) => {
    if (group === existenceGroup) return kindDefinition(kind) && existence;
    const definition = groupDefinition(kind, group);
    return (
      definition && {
        since: definition.since,
        fields: new Set(Object.keys(definition.schema.shape)),
      }
    );
  },
};

/**
 * The schema number that a new change of the group carries (V1). What a program does not know goes with its
 * own number: only words begun before it was known to be newer are sent so.
 */
export const schemaToWrite = ({ kind, group }: Place, program: Program = thisProgram): number =>
  program.groupOf(kind, group)?.since ?? program.schema;

const unknownFields = (known: KnownGroup | undefined, value: Change['value']): readonly string[] =>
  Object.keys(value).filter((field) => known?.fields.has(field) !== true);

/**
 * Whether the group with these heads is for a newer program to write (V2): one that this program does not
 * know, a head with a higher schema number, or versions that differ in fields that only a newer program
 * could show to whoever decides between them.
 */
export const isNewer = (
  { kind, group }: Place,
  heads: readonly Version[],
  program: Program = thisProgram,
): boolean => {
  const known = program.groupOf(kind, group);
  if (!known || heads.some((head) => head.schema > program.schema)) return true;
  return heads.some((head, index) =>
    unknownFields(known, head.value).some((field) =>
      heads.slice(index + 1).some((other) => {
        const [one, two] = [head.value[field], other.value[field]];
        return one !== undefined && two !== undefined && !sameJson(one, two);
      }),
    ),
  );
};

/**
 * The value to write in the place of those versions: fields that this program does not know stay as they
 * are there, whatever the edit says of them (V3). A known field that the edit leaves out is left out.
 */
export const withUnknownFields = (
  { kind, group }: Place,
  value: Change['value'],
  basedOn: readonly Pick<Version, 'value'>[],
  program: Program = thisProgram,
): Change['value'] => {
  const known = program.groupOf(kind, group);
  const kept = basedOn.flatMap((version) =>
    unknownFields(known, version.value).map((field) => [field, version.value[field]] as const),
  );
  return kept.length === 0 ? value : { ...value, ...(Object.fromEntries(kept) as Change['value']) };
};
