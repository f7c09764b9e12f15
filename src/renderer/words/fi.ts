/** `…/locales/fi/<namespace>.json`, all of them, by their paths. */
export const files: Readonly<Record<string, object>> = import.meta.glob<object>(
  '../../../resources/locales/fi/*.json',
  { eager: true, import: 'default' },
);
