import type { TFunction } from 'i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import { findGround } from '#shared/domain/access/rules.ts';
import { compartments, findCode, type Language } from '#shared/domain/codes.ts';

export type LogEntry = CallOutput<'log.client'>['rows'][number];
export type Emergency = CallOutput<'log.emergencies'>['rows'][number];

/** Words of the namespace `useLog`, in the window's language or in a print's own. */
export type LogWords = TFunction<'useLog'>;

/** What was done, in plain words. */
export const actionOf = (t: LogWords, { action }: Pick<LogEntry, 'action'>): string =>
  t(`action.${action}`);

/** Which parts of the client's data it was about; empty where it was about none. */
export const partsOf = (entry: Pick<LogEntry, 'compartments'>, language: Language): string =>
  entry.compartments.map((id) => findCode(compartments, id)?.[language] ?? id).join(', ');

export const registerOf = (t: LogWords, { register }: Pick<LogEntry, 'register'>): string =>
  t(`register.${register}`);

/** Who saw it on the shared screen of a meeting; empty for every other entry. */
export const seenAtMeeting = (
  t: LogWords,
  { what: { screen, subjectId } }: Pick<LogEntry, 'what'>,
  nameOf: (personId: string) => string | null,
): string =>
  screen === 'meeting' && subjectId !== undefined
    ? t('useLog:meeting', { name: nameOf(subjectId) ?? t('useLog:unknownPerson') })
    : '';

/** In what role: the team's, or how the person came to the client. Empty where no relation is told. */
export const roleOf = (t: LogWords, { role }: Pick<LogEntry, 'role'>): string =>
  role === '' ? '' : t([`useLog:role.${role}`, 'useLog:role.unknown']);

/** On what right it rests: a basis of the rules, or the legal ground of an opening, with its section. */
export const groundOf = (
  t: LogWords,
  { ground }: Pick<LogEntry, 'ground'>,
  language: Language,
): string => {
  if (ground === '') return t('useLog:ground.none');
  const opening = findGround(ground);
  if (opening) return `${opening[language]} (${opening.source})`;
  return t([`useLog:ground.${ground}`, 'useLog:ground.unknown']);
};

/** A clock that cannot be right, or a look told much later, is said beside the time. */
const lateMs = 24 * 3_600_000;
export const arrivalOf = ({ atMs, receivedMs }: LogEntry): 'late' | 'wrong-clock' | null => {
  if (atMs > receivedMs + lateMs || atMs < Date.UTC(2020, 0, 1)) return 'wrong-clock';
  return receivedMs - atMs > lateMs ? 'late' : null;
};
