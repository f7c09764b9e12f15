import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Language } from '#shared/domain/codes.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const densities = ['desk', 'touch'] as const;
export type Density = (typeof densities)[number];

export const languages = ['fi', 'sv', 'en'] as const satisfies readonly Language[];

/** How this window looks and speaks. Of this computer, not of the person: nothing here is about a client. */
export type Preferences = {
  readonly language: Language;
  readonly theme: Theme;
  readonly density: Density;
};

const standard: Preferences = { language: 'fi', theme: 'system', density: 'desk' };

const oneOf = <T extends string>(values: readonly T[], value: unknown, otherwise: T): T =>
  values.find((each) => each === value) ?? otherwise;

/** What was stored, whatever has become of it; `tags` are the languages that the system prefers. */
export const readPreferences = (stored: string | null, tags: readonly string[]): Preferences => {
  const wanted = tags.map((tag) => tag.slice(0, 2).toLowerCase());
  const language = wanted
    .map((tag) => languages.find((each) => each === tag))
    .find((tag) => tag !== undefined);
  const start = { ...standard, language: language === 'sv' ? language : standard.language };
  if (stored === null) return start;
  try {
    const parsed: unknown = JSON.parse(stored);
    if (typeof parsed !== 'object' || parsed === null) return start;
    const { language: tongue, theme, density } = parsed as Record<string, unknown>;
    return {
      language: oneOf(languages, tongue, start.language),
      theme: oneOf(themes, theme, standard.theme),
      density: oneOf(densities, density, standard.density),
    };
  } catch {
    return start;
  }
};

export const preferencesKey = 'punos.preferences';

export const preferencesSlice = createSlice({
  name: 'preferences',
  initialState: standard,
  reducers: {
    languageChosen: (state, action: PayloadAction<Language>) => ({
      ...state,
      language: action.payload,
    }),
    themeChosen: (state, action: PayloadAction<Theme>) => ({ ...state, theme: action.payload }),
    densityChosen: (state, action: PayloadAction<Density>) => ({
      ...state,
      density: action.payload,
    }),
    /** Keittiönpöytätila on or off. */
    densityToggled: (state) => ({
      ...state,
      density: state.density === 'touch' ? ('desk' as const) : ('touch' as const),
    }),
  },
});

export const { languageChosen, themeChosen, densityChosen, densityToggled } =
  preferencesSlice.actions;
