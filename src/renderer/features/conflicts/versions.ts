import type { GroupView, VersionView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { sameJson, type JsonObject } from '#shared/lib/canonical-json.ts';
import { fieldsOf, type FieldSpec } from '../editing/index.ts';

/** The versions that a person settles between, with the common origin when this device has it. */
export type Versions = {
  /** My own first, then the others, the latest first. */
  readonly heads: readonly VersionView[];
  readonly ancestor: VersionView | null;
};

export const versionsToSettle = (
  view: GroupView | undefined,
  ownId: Id | null,
): Versions | null => {
  if (view?.state !== 'conflict') return null;
  const heads = view.heads.toSorted(
    (a, b) =>
      Number(b.authorId === ownId) - Number(a.authorId === ownId) ||
      b.time - a.time ||
      (a.changeId < b.changeId ? -1 : 1),
  );
  return { heads, ancestor: view.ancestor };
};

const text = (value: JsonObject, name: string): string => {
  const found = value[name];
  return typeof found === 'string' ? found : '';
};

const isFreeText = (spec: FieldSpec): boolean =>
  spec.type === 'prose' || spec.type === 'line' || spec.type === 'title';

/**
 * Where a joint version begins: the first version's choices and, in every field of free text in which the
 * versions differ, all their texts one after the other.
 */
export const bothTogether = (
  kind: string,
  group: string,
  heads: readonly Pick<VersionView, 'value'>[],
): JsonObject => {
  const [first] = heads;
  if (!first) return {};
  const joined: Record<string, JsonObject[string]> = { ...first.value };
  for (const spec of fieldsOf(kind, group)) {
    if (!isFreeText(spec)) continue;
    const texts = [...new Set(heads.map((head) => text(head.value, spec.name)))].filter(
      (each) => each.trim() !== '',
    );
    joined[spec.name] = texts.join(spec.type === 'prose' ? '\n\n' : ' / ');
  }
  return joined;
};

/** Whether any free text differs, so that keeping both means something. */
export const canKeepBoth = (
  kind: string,
  group: string,
  heads: readonly Pick<VersionView, 'value'>[],
): boolean =>
  fieldsOf(kind, group).some(
    (spec) =>
      isFreeText(spec) &&
      new Set(heads.map((head) => text(head.value, spec.name)).filter((each) => each.trim() !== ''))
        .size > 1,
  );

/** The fields in which at least one version differs from another or from the origin. */
export const differingFields = (
  kind: string,
  group: string,
  { heads, ancestor }: Versions,
): ReadonlySet<string> => {
  const all = [...heads, ...(ancestor ? [ancestor] : [])];
  return new Set(
    fieldsOf(kind, group)
      .filter((spec) => {
        const [first, ...rest] = all.map((version) => version.value[spec.name] ?? null);
        return rest.some((each) => !sameJson(each, first ?? null));
      })
      .map((spec) => spec.name),
  );
};
