import { tidyDiagnosisCode } from '#shared/domain/diagnosis-code.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import {
  birthDateOf,
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { groupDefinition } from '#shared/domain/records/kinds.ts';
import { isRiskKind } from '#shared/domain/records/risk.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';

/** What is wrong with each field of a value, by the field's name: a code with words in the locales. */
export type FieldProblems = { readonly [field: string]: string };

const text = (value: JsonObject, field: string): string => {
  const found = value[field];
  return typeof found === 'string' ? found : '';
};

/** Fields that a person must fill before the group says anything. */
const required: { readonly [place: string]: readonly string[] } = {
  'client.identity': ['familyName', 'givenNames'],
  'goal.statement': ['title'],
  'rating.rating': ['level', 'date'],
  'action.content': ['title'],
  'representative.details': ['name'],
  'note.entry': ['text'],
  'request.question': ['text'],
  'dissenting-view.view': ['text'],
  'plan-meeting.meeting': ['date'],
  'contingency.measure': ['text'],
  'diagnosis.diagnosis': ['name'],
  'medication.medicine': ['name'],
  'risk.risk': ['means'],
  'health-risk.risk': ['means'],
  'social-risk.risk': ['means'],
  'membership.grant': ['personId'],
  'joint-service.scope': ['name'],
  'permission.scope': ['givenBy'],
  'consent.scope': ['givenBy'],
  'prohibition.scope': ['givenBy'],
  'guardian-prohibition.scope': ['givenBy'],
};

/** One of the three identifies a person, and the code and the day of birth say the same. */
const identityProblems = (value: JsonObject): FieldProblems => {
  const code = text(value, 'personalIdentityCode');
  const birthDate = text(value, 'birthDate');
  if (code === '' && text(value, 'temporaryId').trim() === '' && birthDate === '') {
    return { personalIdentityCode: 'identity-required' };
  }
  if (code === '') return {};
  const problem = personalIdentityCodeProblem(code);
  if (problem !== null) return { personalIdentityCode: `personal-identity-code-${problem}` };
  return birthDate !== '' && birthDate !== birthDateOf(code)
    ? { birthDate: 'birth-date-of-another' }
    : {};
};

/** What a prohibition of this level must name. */
const levelProblems = (value: JsonObject): FieldProblems => {
  const parts = value['compartments'];
  switch (value['level']) {
    case 'register':
      return text(value, 'register') === '' ? { register: 'required' } : {};
    case 'service':
      return Array.isArray(parts) && parts.length > 0 ? {} : { compartments: 'required' };
    case 'document':
      return text(value, 'recordId') === '' ? { recordId: 'required' } : {};
    default:
      return {};
  }
};

/** A student is in the team under somebody's guidance, never one's own (STM 457/2024 21 §). */
const supervisorProblems = (value: JsonObject): FieldProblems => {
  if (value['role'] !== 'student') return {};
  const supervisor = text(value, 'supervisorId');
  return supervisor === '' || supervisor === text(value, 'personId')
    ? { supervisorId: 'required' }
    : {};
};

/** A request is put to somebody; who cannot take it, or takes it back, says why. */
const requestProblems = (kind: string, group: string, value: JsonObject): FieldProblems => {
  if (kind !== 'request') return {};
  if (group === 'question') {
    const asked = text(value, 'personId') + text(value, 'profession');
    return asked === '' ? { personId: 'required' } : {};
  }
  const refuses = value['state'] === 'declined' || value['state'] === 'withdrawn';
  return refuses && text(value, 'text').trim() === '' ? { text: 'reason-required' } : {};
};

/** A visit tells something, and what was left undone says why. */
const visitProblems = (kind: string, value: JsonObject): FieldProblems => {
  if (kind !== 'visit') return {};
  const tasks = Array.isArray(value['tasks']) ? value['tasks'] : [];
  const goals = Array.isArray(value['goals']) ? value['goals'] : [];
  const says =
    tasks.length + goals.length > 0 ||
    (text(value, 'medication') + text(value, 'observation')).trim() !== '';
  const unexplained = tasks.flatMap((task) => {
    if (typeof task !== 'object' || task === null || Array.isArray(task)) return [];
    const told = task as JsonObject;
    const isMissing = told['result'] === 'not-done' && text(told, 'reason').trim() === '';
    return isMissing ? [[`tasks.${text(told, 'actionId')}`, 'reason-required'] as const] : [];
  });
  return { ...(says ? {} : { observation: 'required' }), ...Object.fromEntries(unexplained) };
};

/** A risk that is over says why. */
const riskProblems = (kind: string, group: string, value: JsonObject): FieldProblems =>
  isRiskKind(kind) &&
  group === 'state' &&
  value['state'] === 'over' &&
  text(value, 'reason').trim() === ''
    ? { reason: 'reason-required' }
    : {};

const spanOf = (kind: string): readonly [from: string, to: string] | null => {
  if (kind === 'membership' || isPermissionKind(kind)) return ['validFrom', 'validTo'];
  return kind === 'action' ? ['start', 'end'] : null;
};

const rulesBetweenFields = (kind: string, group: string, value: JsonObject): FieldProblems => {
  if (kind === 'action' && group === 'status') {
    return value['status'] === 'not-done' && text(value, 'reason').trim() === ''
      ? { reason: 'reason-required' }
      : {};
  }
  if (kind === 'client' && group === 'identity') return identityProblems(value);
  if (kind === 'plan' && group === 'acceptance') {
    return value['state'] !== 'not-asked' && text(value, 'date') === '' ? { date: 'required' } : {};
  }
  const problems = {
    ...requestProblems(kind, group, value),
    ...visitProblems(kind, value),
    ...riskProblems(kind, group, value),
    ...(kind === 'membership' ? supervisorProblems(value) : {}),
    ...(kind === 'prohibition' ? levelProblems(value) : {}),
  };
  const span = spanOf(kind);
  if (span === null) return problems;
  const [first, last] = [text(value, span[0]), text(value, span[1])];
  return first !== '' && last !== '' && last < first
    ? { ...problems, [span[1]]: 'ends-before-it-begins' }
    : problems;
};

/**
 * Why a value cannot be written yet, field by field; empty when it can. What was typed stays whatever the
 * answer is.
 */
export const valueProblems = (kind: string, group: string, value: JsonObject): FieldProblems => {
  const definition = groupDefinition(kind, group);
  if (!definition) return { '': 'unknown-kind' };
  const missing = (required[`${kind}.${group}`] ?? []).filter(
    (field) => value[field] === null || text(value, field).trim() === '',
  );
  const read = definition.schema.safeParse(value);
  const problems: Record<string, string> = {};
  for (const issue of read.success ? [] : read.error.issues) {
    const field = String(issue.path[0] ?? '');
    problems[field] ??= /^[a-z][a-z-]+$/u.test(issue.message) ? issue.message : 'bad-value';
  }
  for (const field of missing) problems[field] = 'required';
  if (spanOf(kind)?.[0] === 'validFrom' && value['validFrom'] === null) {
    problems['validFrom'] = 'required';
  }
  return { ...problems, ...rulesBetweenFields(kind, group, value) };
};

const tidied = (field: string, content: string): string => {
  switch (field) {
    case 'personalIdentityCode':
      return tidyPersonalIdentityCode(content);
    case 'code':
      return tidyDiagnosisCode(content);
    default:
      return content.normalize('NFC');
  }
};

/** Composed letters and codes in one form, so that what looks alike is alike. */
export const normalised = (value: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(value).map(([field, content]) => [
      field,
      typeof content === 'string' ? tidied(field, content) : content,
    ]),
  );
