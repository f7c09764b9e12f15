import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { outsiders, type Outsider } from '#shared/domain/meetings/shown.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';

/** Somebody present who is none of the region's staff. */
export type OtherPerson = {
  /** Tells one from another while names are still being typed. */
  readonly key: string;
  readonly of: Outsider;
  readonly name: string;
  readonly organisation: string;
};

/** Those at a table: staff by their ids, and everybody else. */
type People = { readonly personIds: readonly Id[]; readonly others: readonly OtherPerson[] };

/** A meeting as its draft holds it; empty `startedAt`: not begun. */
export type OpenMeeting = People & {
  readonly startedAt: string;
  /** When it began, while who is present is asked again. */
  readonly beganAt: string;
  readonly about: string;
  readonly way: string;
  readonly goalId: Id | null;
  /** Who was at the table before it was asked again who is. */
  readonly before: People;
  /** Who was there and has left: they stay in the record of the meeting. */
  readonly left: People;
};

const nobody: People = { personIds: [], others: [] };

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const isOutsider = (of: unknown): of is Outsider => outsiders.some((each) => each === of);

const otherIn = (entry: unknown): readonly OtherPerson[] => {
  if (typeof entry !== 'object' || entry === null) return [];
  const { key, of, name, organisation } = entry as JsonObject;
  return isOutsider(of)
    ? [{ key: textIn(key), of, name: textIn(name), organisation: textIn(organisation) }]
    : [];
};

const peopleIn = (value: unknown): People => {
  if (typeof value !== 'object' || value === null) return nobody;
  const { personIds, others } = value as JsonObject;
  return {
    personIds: Array.isArray(personIds)
      ? personIds.flatMap((id) => (typeof id === 'string' ? [id] : []))
      : [],
    others: Array.isArray(others) ? others.flatMap(otherIn) : [],
  };
};

const peopleOut = ({ personIds, others }: People): JsonObject => ({
  personIds: [...personIds],
  others: others.map((other) => ({ ...other })),
});

export const freshMeeting = (personIds: readonly Id[]): JsonObject => ({
  startedAt: '',
  beganAt: '',
  about: '',
  way: 'at-home',
  personIds: [...personIds],
  others: [],
  goalId: null,
  before: peopleOut(nobody),
  left: peopleOut(nobody),
});

/** Reads a draft, whatever has become of it. */
export const meetingIn = (value: JsonObject): OpenMeeting => {
  const { goalId } = value;
  return {
    ...peopleIn(value),
    startedAt: textIn(value['startedAt']),
    beganAt: textIn(value['beganAt']),
    about: textIn(value['about']),
    way: textIn(value['way']),
    goalId: typeof goalId === 'string' ? goalId : null,
    before: peopleIn(value['before']),
    left: peopleIn(value['left']),
  };
};

/** What the draft becomes when somebody comes or goes: nothing is shown until it is said who is there. */
export const askAgain = (meeting: OpenMeeting): JsonObject => ({
  startedAt: '',
  beganAt: meeting.startedAt,
  before: peopleOut(meeting),
});

/** What the draft becomes when it is said who is there: those of before who are not have left. */
export const begin = (meeting: OpenMeeting, now: string): JsonObject => {
  const { before, left, personIds, others } = meeting;
  const isHere = (key: string): boolean => others.some((other) => other.key === key);
  const gone = new Map([...left.others, ...before.others].map((other) => [other.key, other]));
  return {
    startedAt: meeting.beganAt || now,
    before: peopleOut(nobody),
    left: peopleOut({
      personIds: [...new Set([...left.personIds, ...before.personIds])].filter(
        (id) => !personIds.includes(id),
      ),
      others: [...gone.values()].filter(({ key }) => !isHere(key)),
    }),
  };
};

/** How many are at the table, whoever writes included. */
export const presentCount = ({ personIds, others }: OpenMeeting): number =>
  personIds.length + others.length;

/** A meeting that was begun or prepared and not ended: a draft of a record that nobody has written. */
export const unfinishedMeeting = (view: ClientView): RecordView | undefined =>
  view.records.find(
    (record) =>
      record.kind === 'plan-meeting' &&
      Object.keys(record.groups).length === 0 &&
      record.drafts['course'] !== undefined,
  );

export type ParticipantWords = {
  readonly wordOf: (of: Outsider) => string;
  /** Of somebody who did not stay to the end. */
  readonly leftEarly: (who: string) => string;
};

/** Everybody who is none of the staff, a line for each: name, how they stand to the client, from where. */
export const participantLines = (
  { others, left }: Pick<OpenMeeting, 'others' | 'left'>,
  { wordOf, leftEarly }: ParticipantWords,
): string => {
  const lineOf = ({ of, name, organisation }: OtherPerson): string =>
    [name.trim(), wordOf(of), organisation.trim()].filter((word) => word !== '').join(', ');
  return [...others.map(lineOf), ...left.others.map((other) => leftEarly(lineOf(other)))].join(
    '\n',
  );
};

/** What an ended meeting becomes: who met and why, and when it began and ended, in one write. */
export const endEdits = (
  recordId: Id,
  meeting: OpenMeeting,
  endedAt: string,
  participants: string,
): Edit[] => {
  const base = { recordId, kind: 'plan-meeting', compartment: jointPlan, basedOn: [] };
  return [
    {
      ...base,
      group: 'meeting',
      value: {
        date: meeting.startedAt.slice(0, 10),
        way: meeting.way,
        place: '',
        about: meeting.about,
        personIds: [...meeting.personIds, ...meeting.left.personIds],
        participants,
      },
    },
    { ...base, group: 'course', value: { startedAt: meeting.startedAt, endedAt } },
  ];
};
