import en from '#resources/locales/en/menu.json' with { type: 'json' };
import fi from '#resources/locales/fi/menu.json' with { type: 'json' };
import sv from '#resources/locales/sv/menu.json' with { type: 'json' };

/** What the main process says itself: the menu, and why the program cannot start. */
export type HostWords = Readonly<Record<keyof typeof fi, string>>;

const languages: Readonly<Record<string, HostWords>> = { fi, sv, en };

/**
 * @param locale the system's language tag, such as `sv-FI`
 * @returns Finnish where the system speaks none of the three
 */
export const wordsFor = (locale: string): HostWords =>
  languages[locale.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? fi;
