import familiesFi from '#resources/demo/needs/families.fi.json' with { type: 'json' };
import familiesSv from '#resources/demo/needs/families.sv.json' with { type: 'json' };
import olderPeopleFi from '#resources/demo/needs/older-people.fi.json' with { type: 'json' };
import olderPeopleSv from '#resources/demo/needs/older-people.sv.json' with { type: 'json' };
import workingAgeFi from '#resources/demo/needs/working-age.fi.json' with { type: 'json' };
import workingAgeSv from '#resources/demo/needs/working-age.sv.json' with { type: 'json' };
import namesFile from '#resources/demo/names.json' with { type: 'json' };
import phrasesFile from '#resources/demo/phrases.json' with { type: 'json' };
import placesFile from '#resources/demo/places.json' with { type: 'json' };
import type { noteKinds } from '#shared/domain/records/note.ts';
import type { actionKinds, planTracks, voices } from '#shared/domain/records/plan.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';

/** The plan material of `resources/demo`, typed. A test checks every code in it against the lists. */

export type PlanLanguage = 'fi' | 'sv';
export type Track = (typeof planTracks)[number];
export type ActionKind = (typeof actionKinds)[number];
export type NoteKind = (typeof noteKinds)[number];
export type Voice = (typeof voices)[number];
export type ProviderType = GroupValue<'action', 'provider'>['type'];

export type ActionTemplate = {
  readonly kind: ActionKind;
  readonly title: string;
  readonly how?: string;
  /** The profession that answers for it. */
  readonly by: string;
  readonly often: string;
  /** Who provides it when not the responsible person's own unit. */
  readonly provider?: readonly [ProviderType, string];
};

export type GoalTemplate = {
  readonly title: string;
  readonly description: string;
  readonly voice?: Voice;
  readonly actions: readonly ActionTemplate[];
};

export type NoteTemplate = { readonly kind: NoteKind; readonly by: string; readonly text: string };

/** A theme of need: several clients have it, each in words of their own. */
export type NeedTheme = {
  readonly id: string;
  readonly lifeArea: string;
  readonly ages: readonly [number, number];
  readonly titles: readonly string[];
  readonly words: readonly string[];
  readonly assessments: readonly string[];
  readonly goals: readonly GoalTemplate[];
  readonly notes: readonly NoteTemplate[];
  /** Says that the client lives with a spouse who cares for him or her. */
  readonly spouse?: boolean;
  /** Says where the client lives, so the situation says nothing more of it. */
  readonly tellsHome?: boolean;
  /** Themes that would contradict this one. */
  readonly excludes?: readonly string[];
};

type ThemeSet = 'families' | 'working-age' | 'older-people';

export const themes: Readonly<
  Record<PlanLanguage, Readonly<Record<ThemeSet, readonly NeedTheme[]>>>
> = {
  fi: {
    families: familiesFi as unknown as readonly NeedTheme[],
    'working-age': workingAgeFi as unknown as readonly NeedTheme[],
    'older-people': olderPeopleFi as unknown as readonly NeedTheme[],
  },
  sv: {
    families: familiesSv as unknown as readonly NeedTheme[],
    'working-age': workingAgeSv as unknown as readonly NeedTheme[],
    'older-people': olderPeopleSv as unknown as readonly NeedTheme[],
  },
};

/** What a plan is about decides which themes it draws from. */
export const themesOfTrack = (language: PlanLanguage, track: Track): readonly NeedTheme[] =>
  themes[language][track === 'work-ability' ? 'working-age' : track];

type Named = { readonly female: readonly string[]; readonly male: readonly string[] };
export type NameList = {
  readonly older: Named;
  readonly adult: Named;
  readonly child: Named;
  readonly family: readonly string[];
};
export type Kinship =
  | 'daughter'
  | 'son'
  | 'niece'
  | 'sister'
  | 'brother'
  | 'mother'
  | 'father'
  | 'wife'
  | 'husband';

export const names: Readonly<Record<PlanLanguage | 'other', NameList>> = namesFile;
export const kinshipWords: Readonly<Record<PlanLanguage, Readonly<Record<Kinship, string>>>> =
  namesFile.relatives;

export type Municipality = {
  readonly id: string;
  readonly area: string;
  readonly fi: string;
  readonly sv: string;
  readonly postalCodes: readonly string[];
  /** How many of a hundred clients live there. */
  readonly share: number;
  readonly streets: Readonly<Record<PlanLanguage, readonly string[]>>;
};
export const municipalities: readonly Municipality[] = placesFile.municipalities;

export const countyName: Readonly<Record<'fi' | 'sv' | 'en', string>> = placesFile.county;

type ByStage<Stage extends string> = Readonly<Record<Stage, readonly string[]>>;
export type Stage = 'child' | 'adult' | 'older';
export type Phrases = {
  readonly whatMatters: ByStage<'young-child' | 'teen' | 'adult' | 'older'>;
  readonly living: ByStage<Stage | 'parent' | 'with-spouse'>;
  readonly background: ByStage<Stage>;
  readonly strengths: ByStage<Stage>;
  readonly planNotes: readonly { readonly kind: string; readonly text: string }[];
  readonly reasons: ByStage<
    'not-done' | 'on-hold' | 'cancelled' | 'no-longer-relevant' | 'resolved'
  >;
  readonly grounds: ByStage<'improving' | 'no-change' | 'worsening' | 'achieved' | 'not-achieved'>;
  readonly membership: Readonly<
    Record<'custodian' | 'social' | 'health' | 'deputy' | 'former' | 'future', string>
  >;
  /** What a client's own worker asks of a colleague, and what is answered. */
  readonly requests: {
    readonly fillPart: string;
    readonly question: string;
    readonly answered: string;
    readonly declined: string;
  };
  readonly permissions: {
    readonly jointService: string;
    readonly permission: string;
    readonly consent: string;
    readonly prohibition: string;
  };
  readonly relativeTask: readonly string[];
  readonly communication: readonly string[];
};
export const phrases: Readonly<Record<PlanLanguage, Phrases>> = phrasesFile;
