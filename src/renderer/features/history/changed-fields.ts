/** What one field says, in words, before and after. `before` is null where nothing was before. */
export type ChangedField = {
  readonly label: string;
  readonly before: string | null;
  readonly after: string;
};

type Spec = { readonly label: string };

/** The fields whose words differ between two values; of a first version, those that say something. */
export const changedFields = <S extends Spec, V>(
  specs: readonly S[],
  before: V | null,
  after: V,
  textOf: (spec: S, value: V) => string,
): readonly ChangedField[] =>
  specs.flatMap((spec) => {
    const now = textOf(spec, after);
    const then = before === null ? null : textOf(spec, before);
    const says = then === null ? now !== '' : then !== now;
    return says ? [{ label: spec.label, before: then, after: now }] : [];
  });
