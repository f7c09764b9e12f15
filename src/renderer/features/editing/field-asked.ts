/** A field that is to take the focus, by its name; null for the first to write in (F2). */
export type FieldAsked = { readonly field: string | null };

/** That field in a panel; where it is not there, the first to write in, then the first to press. */
export const fieldIn = (body: HTMLElement, { field }: FieldAsked): HTMLElement | null =>
  (field === null
    ? null
    : body.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"] input`)) ??
  body.querySelector<HTMLElement>('.group-section :is(textarea, input.input)') ??
  body.querySelector<HTMLElement>('button');
