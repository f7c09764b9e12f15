/** `…/locales/sv/<namespace>.json`, all of them, by their paths. */
export const files: Readonly<Record<string, object>> = import.meta.glob<object>(
  '../../../resources/locales/sv/*.json',
  { eager: true, import: 'default' },
);
