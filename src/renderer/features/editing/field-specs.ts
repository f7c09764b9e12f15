import {
  compartments,
  lifeAreas,
  partnerSectors,
  professions,
  registerOf,
  taskClasses,
  type Code,
  type Register,
} from '#shared/domain/codes.ts';
import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { representativeRoles } from '#shared/domain/records/client.ts';
import { noteKinds } from '#shared/domain/records/note.ts';
import { expressionWays } from '#shared/domain/records/permission.ts';
import {
  actionKinds,
  actionStatuses,
  goalAchievements,
  goalLifecycles,
  needStatuses,
  planStatuses,
  planTracks,
  voices,
} from '#shared/domain/records/plan.ts';
import { teamRoles } from '#shared/domain/records/team.ts';
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
  | { readonly type: 'record'; readonly of: 'need' | 'goal' | 'note' }
  /** One of a closed list, whose words stand in `records:<words>.<id>`. `orNull`: nobody has chosen. */
  | {
      readonly type: 'choice';
      readonly ids: readonly string[];
      readonly words: string;
      readonly orNull?: true;
    }
  /** One of a code list, which carries its own words. */
  | { readonly type: 'code'; readonly list: readonly Code[] }
  /** Several of a code list; `among` narrows what is offered by what else has been said. */
  | {
      readonly type: 'codes';
      readonly list: readonly Code[];
      readonly among?: (value: JsonObject) => readonly Code[];
    }
  | { readonly type: 'units' }
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

const line = (name: string, label = name): FieldSpec => ({ type: 'line', name, label });
const title = (name: string, label = name): FieldSpec => ({ type: 'title', name, label });
const prose = (name: string, label = name): FieldSpec => ({ type: 'prose', name, label });
const date = (name: string, label = name): FieldSpec => ({ type: 'date', name, label, half: true });
const person = (name: string, label = name): FieldSpec => ({ type: 'person', name, label });
const choice = (name: string, label: string, ids: readonly string[], words: string): FieldSpec => ({
  type: 'choice',
  name,
  label,
  ids,
  words,
});

const lineOrNull = (name: string): FieldSpec => ({ type: 'line', orNull: true, name, label: name });

const half = (spec: FieldSpec): FieldSpec => ({ ...spec, half: true });

const hinted = (spec: FieldSpec, hint: string): FieldSpec => ({ ...spec, hint });

/** The parts of a register that a permission can open: never the restricted ones (STM 457/2024 12–18 §). */
const openableParts = (...registers: readonly Register[]): readonly Code[] =>
  compartments.filter(
    ({ id, restricted }) => restricted !== true && registers.includes(registerOf(id)),
  );

const bothRegisters = openableParts('social', 'patient');

/** A direction opens the parts of the register that it goes out of. */
const partsByDirection = (value: JsonObject): readonly Code[] => {
  switch (value['direction']) {
    case 'social-to-health':
      return openableParts('social');
    case 'health-to-social':
      return openableParts('patient');
    default:
      return bothRegisters;
  }
};

const whenLevel =
  (level: string) =>
  (value: JsonObject): boolean =>
    value['level'] === level;

/** Who said it, how, in what words: the same for everything that a client allows or forbids. */
const expressed: readonly FieldSpec[] = [
  hinted(prose('text', 'will'), 'will'),
  half(line('givenBy')),
  half(choice('way', 'expressionWay', expressionWays, 'expressionWay')),
];

const reasonFor =
  (...statuses: readonly string[]) =>
  (value: JsonObject): boolean =>
    statuses.some((status) => status === value['status']) || (value['reason'] ?? '') !== '';

const withoutCode =
  (field: string) =>
  (value: JsonObject): boolean => {
    const code = value['personalIdentityCode'];
    const isCoded =
      typeof code === 'string' &&
      personalIdentityCodeProblem(tidyPersonalIdentityCode(code)) === null;
    return !isCoded || (value[field] ?? '') !== '';
  };

type Groups = { readonly [place: string]: readonly FieldSpec[] };

const groups: Groups = {
  'client.identity': [
    half(line('familyName')),
    half(line('givenNames')),
    half(line('preferredName')),
    half(lineOrNull('personalIdentityCode')),
    // Of the three that identify a person the code says the most: the others are asked without it.
    { ...half(lineOrNull('temporaryId')), onlyIf: withoutCode('temporaryId') },
    { ...date('birthDate'), onlyIf: withoutCode('birthDate') },
  ],
  'client.language': [
    half(
      choice(
        'serviceLanguage',
        'serviceLanguage',
        ['fi', 'sv', 'se', 'smn', 'sms', 'en', 'other'],
        'language',
      ),
    ),
    half({ type: 'tongue', name: 'motherTongue', label: 'motherTongue' }),
    { type: 'flag', name: 'interpreter', label: 'interpreter' },
    line('communication'),
  ],
  'contact.contact': [
    half(line('phone')),
    half(line('email')),
    line('streetAddress'),
    half(line('postalCode')),
    half(line('town')),
    line('municipality'),
  ],
  'client.protection': [
    { type: 'flag', name: 'restraintOnDisclosure', label: 'restraintOnDisclosure' },
  ],
  'client.care': [{ type: 'unit', name: 'unitId', label: 'unit' }],
  'representative.details': [
    half(line('name')),
    half(choice('role', 'representativeRole', representativeRoles, 'representativeRole')),
    half(line('phone')),
    { type: 'flag', name: 'mayReceiveInformation', label: 'mayReceiveInformation' },
    line('taskInPlan'),
  ],
  'plan.what-matters': [{ type: 'prose', voice: 'client', name: 'text', label: 'what-matters' }],
  'plan.situation': [prose('text', 'situation')],
  'plan.strengths': [prose('text', 'strengths')],
  'plan.custodian': [person('personId', 'custodian')],
  'plan.review': [date('date', 'review')],
  'plan.course': [
    half(choice('track', 'track', planTracks, 'track')),
    half(choice('status', 'planStatus', planStatuses, 'planStatus')),
  ],
  'need.heading': [
    { type: 'code', name: 'lifeArea', label: 'lifeArea', list: lifeAreas },
    title('title', 'needTitle'),
  ],
  'need.client-words': [{ type: 'prose', voice: 'client', name: 'text', label: 'client-words' }],
  'need.assessment': [prose('text', 'assessment')],
  'need.status': [
    half(choice('status', 'status', needStatuses, 'needStatus')),
    date('date', 'statusDate'),
    { ...line('reason'), onlyIf: reasonFor('no-longer-relevant', 'resolved') },
  ],
  'goal.belonging': [{ type: 'record', of: 'need', name: 'needId', label: 'belongsToNeed' }],
  'goal.statement': [
    title('title', 'goalTitle'),
    prose('description'),
    choice('voice', 'voice', voices, 'voice'),
  ],
  'goal.target': [date('date', 'targetDate')],
  'goal.lifecycle': [
    half(choice('status', 'status', goalLifecycles, 'goalLifecycle')),
    date('date', 'statusDate'),
    { ...line('reason'), onlyIf: reasonFor('on-hold', 'ended', 'cancelled') },
  ],
  'goal.achievement': [
    half(choice('achievement', 'achievement', goalAchievements, 'achievement')),
    date('date', 'assessedOn'),
    line('grounds'),
  ],
  'action.belonging': [{ type: 'record', of: 'goal', name: 'goalId', label: 'belongsToGoal' }],
  'action.content': [
    title('title', 'actionTitle'),
    choice('kind', 'actionKind', actionKinds, 'actionKind'),
    prose('description'),
  ],
  'action.schedule': [line('frequency'), date('start'), date('end')],
  'action.responsibility': [person('responsibleId', 'responsible'), person('deputyId', 'deputy')],
  'action.provider': [
    half(line('name', 'providerName')),
    half(
      choice(
        'type',
        'providerType',
        ['own', 'purchased', 'voucher', 'association', 'municipality', 'family'],
        'providerType',
      ),
    ),
  ],
  'action.status': [
    half(choice('status', 'status', actionStatuses, 'actionStatus')),
    date('date', 'statusDate'),
    { ...line('reason'), onlyIf: reasonFor('not-done') },
  ],
  'membership.grant': [
    person('personId', 'member'),
    half(choice('role', 'teamRole', teamRoles, 'teamRole')),
    { type: 'code', name: 'profession', label: 'profession', list: professions, half: true },
    { type: 'code', name: 'taskClass', label: 'taskClass', list: taskClasses },
    { ...person('supervisorId', 'supervisor'), onlyIf: (value) => value['role'] === 'student' },
    date('validFrom'),
    date('validTo'),
    line('ground'),
  ],
  'joint-service.scope': [
    hinted(line('name', 'jointServiceName'), 'jointServiceName'),
    hinted(
      { type: 'codes', name: 'compartments', label: 'jointServiceParts', list: bothRegisters },
      'jointServiceParts',
    ),
    date('validFrom'),
    hinted(date('validTo'), 'openEnded'),
  ],
  'permission.scope': [
    hinted(
      choice(
        'direction',
        'direction',
        ['social-to-health', 'health-to-social'],
        'permissionDirection',
      ),
      'direction',
    ),
    hinted(
      {
        type: 'codes',
        name: 'compartments',
        label: 'permittedParts',
        list: bothRegisters,
        among: partsByDirection,
      },
      'permittedParts',
    ),
    hinted({ type: 'units', name: 'unitIds', label: 'permittedUnits' }, 'permittedUnits'),
    date('validFrom'),
    hinted(date('validTo'), 'openEnded'),
    ...expressed,
  ],
  'consent.scope': [
    hinted(
      { type: 'codes', name: 'sectors', label: 'consentSectors', list: partnerSectors },
      'consentSectors',
    ),
    date('validFrom'),
    hinted(date('validTo'), 'openEnded'),
    ...expressed,
  ],
  'prohibition.scope': [
    hinted(
      choice(
        'level',
        'prohibitionLevel',
        ['all', 'register', 'service', 'document'],
        'prohibitionLevel',
      ),
      'prohibitionLevel',
    ),
    {
      type: 'choice',
      orNull: true,
      name: 'register',
      label: 'prohibitedRegister',
      ids: ['social', 'patient'],
      words: 'register',
      onlyIf: whenLevel('register'),
    },
    {
      type: 'codes',
      name: 'compartments',
      label: 'prohibitedParts',
      list: bothRegisters,
      onlyIf: whenLevel('service'),
    },
    {
      type: 'document',
      name: 'recordId',
      label: 'prohibitedDocument',
      hint: 'prohibitedDocument',
      onlyIf: whenLevel('document'),
    },
    date('validFrom'),
    hinted(date('validTo'), 'untilTakenBack'),
    ...expressed,
  ],
  'guardian-prohibition.scope': [
    hinted({ type: 'guardians', name: 'representativeIds', label: 'guardians' }, 'guardians'),
    hinted(
      { type: 'codes', name: 'compartments', label: 'withheldParts', list: compartments },
      'withheldParts',
    ),
    hinted(
      choice('decision', 'banDecision', ['accepted', 'refused'], 'banDecision'),
      'banDecision',
    ),
    hinted(line('reason', 'banReason'), 'banReason'),
    date('validFrom'),
    hinted(date('validTo'), 'untilTakenBack'),
    ...expressed,
  ],
  'note.entry': [
    half(choice('kind', 'noteKind', noteKinds, 'noteKind')),
    half(line('happenedAt')),
    prose('text', 'noteText'),
    { type: 'record', of: 'note', name: 'corrects', label: 'corrects' },
  ],
};

/** The fields of a group in their order; empty for a group that this program does not know. */
export const fieldsOf = (kind: string, group: string): readonly FieldSpec[] => {
  const place = `${kind}.${group}`;
  return Object.hasOwn(groups, place) ? (groups[place] ?? []) : [];
};

const emptyField = (spec: FieldSpec): JsonObject[string] => {
  switch (spec.type) {
    case 'line':
      return spec.orNull === true ? null : '';
    case 'title':
    case 'prose':
    case 'tongue':
      return '';
    case 'flag':
      return false;
    case 'choice':
      return spec.orNull === true ? null : (spec.ids[0] ?? '');
    case 'code':
      return spec.list[0]?.id ?? '';
    case 'codes':
    case 'units':
    case 'guardians':
      return [];
    default:
      return null;
  }
};

/** What a group holds before anybody has written it. */
export const emptyValue = (kind: string, group: string): JsonObject =>
  Object.fromEntries(fieldsOf(kind, group).map((spec) => [spec.name, emptyField(spec)]));
