import type { Code } from '#shared/domain/codes.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';

/** What kind of thing a field holds: it decides both how it is written and how it is told of. */
export type FieldType =
  /** `orNull`: nothing written is told apart from an empty text. */
  | { readonly type: 'line'; readonly orNull?: true }
  /** One line of meaning that may need two of paper: the field grows, Enter makes no line. */
  | { readonly type: 'title' }
  /** Several lines; the client's own words are set in the serif. */
  | { readonly type: 'prose'; readonly voice?: 'client' }
  | { readonly type: 'date' }
  | { readonly type: 'flag' }
  /** Somebody of the region's directory. */
  | { readonly type: 'person' }
  | { readonly type: 'unit' }
  /** A language of the world, by its ISO 639 code; empty when nobody has said. */
  | { readonly type: 'tongue' }
  /** Another record of the same plan. */
  | { readonly type: 'record'; readonly of: 'need' | 'goal' | 'note' | 'visit' }
  /** One of a closed list, whose words stand in `records:<words>.<id>`. `orNull`: nobody has chosen. */
  | {
      readonly type: 'choice';
      readonly ids: readonly string[];
      readonly words: string;
      readonly orNull?: true;
    }
  /** One of a code list, which carries its own words. */
  | { readonly type: 'code'; readonly list: readonly Code[]; readonly orNull?: true }
  /** Several of a code list; `among` narrows what is offered by what else has been said. */
  | {
      readonly type: 'codes';
      readonly list: readonly Code[];
      readonly among?: (value: JsonObject) => readonly Code[];
    }
  /** A whole number. */
  | { readonly type: 'number' }
  /** What a visit tells of the plan's actions and goals; written on the visit's own page. */
  | { readonly type: 'visit-tasks' }
  | { readonly type: 'visit-goals' }
  | { readonly type: 'units' }
  /** Several people of the region's directory. */
  | { readonly type: 'people' }
  /** Several of the client's guardians and legal guardians. */
  | { readonly type: 'guardians' }
  /** One note of the client. */
  | { readonly type: 'document' };

export type FieldSpec = FieldType & {
  readonly name: string;
  /** `records:field.<label>` */
  readonly label: string;
  /** `records:hint.<hint>`: what is asked for, in plain words, with the source of the rule. */
  readonly hint?: string;
  /** Two such stand side by side. */
  readonly half?: true;
  /** Shown only when the value so far asks for it, or when it holds something. */
  readonly onlyIf?: (value: JsonObject) => boolean;
};

export const line = (name: string, label = name): FieldSpec => ({ type: 'line', name, label });
export const title = (name: string, label = name): FieldSpec => ({ type: 'title', name, label });
export const prose = (name: string, label = name): FieldSpec => ({ type: 'prose', name, label });
export const date = (name: string, label = name): FieldSpec => ({
  type: 'date',
  name,
  label,
  half: true,
});
export const person = (name: string, label = name): FieldSpec => ({ type: 'person', name, label });
export const choice = (
  name: string,
  label: string,
  ids: readonly string[],
  words: string,
): FieldSpec => ({
  type: 'choice',
  name,
  label,
  ids,
  words,
});

export const lineOrNull = (name: string): FieldSpec => ({
  type: 'line',
  orNull: true,
  name,
  label: name,
});

export const half = (spec: FieldSpec): FieldSpec => ({ ...spec, half: true });

export const hinted = (spec: FieldSpec, hint: string): FieldSpec => ({ ...spec, hint });

/** The fields of each group, by `kind.group`, in their order. */
export type FieldGroups = { readonly [place: string]: readonly FieldSpec[] };
