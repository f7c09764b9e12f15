import { lifeAreas, professions, taskClasses } from '#shared/domain/codes.ts';
import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { gasGrades, gasLevels } from '#shared/domain/goals/attainment.ts';
import { representativeRoles } from '#shared/domain/records/client.ts';
import { ratingViews } from '#shared/domain/records/goal-scale.ts';
import { noteKinds } from '#shared/domain/records/note.ts';
import {
  actionKinds,
  actionStatuses,
  goalAchievements,
  goalLifecycles,
  needStatuses,
  voices,
} from '#shared/domain/records/plan.ts';
import { answerStates, requestKinds } from '#shared/domain/records/request.ts';
import { teamRoles } from '#shared/domain/records/team.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import {
  choice,
  date,
  half,
  hinted,
  line,
  lineOrNull,
  person,
  prose,
  title,
  type FieldGroups,
  type FieldSpec,
} from './field-spec.ts';
import { healthFields } from './health-fields.ts';
import { permissionFields } from './permission-fields.ts';
import { planPartFields } from './plan-part-fields.ts';
import { planRowFields } from './plan-row-fields.ts';
import { riskFields } from './risk-fields.ts';

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

const groups: FieldGroups = {
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
  ...planPartFields,
  ...planRowFields,
  ...healthFields,
  ...riskFields,
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
  'goal.scale': [
    line('plus2', 'gasPlus2'),
    line('plus1', 'gasPlus1'),
    hinted(line('zero', 'gasZero'), 'gasZero'),
    line('minus1', 'gasMinus1'),
    line('minus2', 'gasMinus2'),
    choice('start', 'gasStart', gasLevels, 'gasLevel'),
    half(choice('importance', 'gasImportance', gasGrades, 'gasGrade')),
    half(choice('difficulty', 'gasDifficulty', gasGrades, 'gasGrade')),
  ].map((spec): FieldSpec => (spec.type === 'choice' ? { ...spec, orNull: true } : spec)),
  'rating.rating': [
    { type: 'record', of: 'goal', name: 'goalId', label: 'ratedGoal' },
    choice('level', 'gasRating', gasLevels, 'gasLevel'),
    choice('view', 'ratingView', ratingViews, 'ratingView'),
    date('date', 'ratedOn'),
    line('comment', 'ratingComment'),
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
  'action.service': [
    hinted(line('name', 'serviceName'), 'serviceName'),
    hinted({ type: 'flag', name: 'isNecessary', label: 'isNecessary' }, 'isNecessary'),
    hinted(
      { type: 'prose', voice: 'client', name: 'text', label: 'clientProposal' },
      'clientProposal',
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
  ...permissionFields,
  'note.entry': [
    half(choice('kind', 'noteKind', noteKinds, 'noteKind')),
    half(line('happenedAt')),
    prose('text', 'noteText'),
    { type: 'record', of: 'note', name: 'corrects', label: 'corrects' },
  ],
  'visit.report': [
    half(line('startedAt')),
    half({ type: 'number', name: 'minutes', label: 'minutes' }),
    { type: 'visit-tasks', name: 'tasks', label: 'visitTasks' },
    { type: 'visit-goals', name: 'goals', label: 'visitGoals' },
    hinted(prose('medication', 'medicationSeen'), 'medicationSeen'),
    prose('observation', 'otherSeen'),
    { type: 'record', of: 'visit', name: 'corrects', label: 'corrects' },
  ],
  'request.question': [
    choice('kind', 'requestKind', requestKinds, 'requestKind'),
    person('personId', 'askedPerson'),
    { type: 'code', name: 'profession', label: 'askedProfession', list: professions },
    prose('text', 'requestText'),
    hinted(date('due'), 'due'),
  ],
  'request.answer': [
    half(choice('state', 'answerState', answerStates, 'answerState')),
    date('date', 'answeredOn'),
    prose('text', 'answerText'),
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
      return spec.orNull === true ? null : (spec.list[0]?.id ?? '');
    case 'codes':
    case 'units':
    case 'people':
    case 'guardians':
    case 'visit-tasks':
    case 'visit-goals':
      return [];
    default:
      return null;
  }
};

/** What a group holds before anybody has written it. */
export const emptyValue = (kind: string, group: string): JsonObject =>
  Object.fromEntries(fieldsOf(kind, group).map((spec) => [spec.name, emptyField(spec)]));
