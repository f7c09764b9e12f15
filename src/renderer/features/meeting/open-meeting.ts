import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { outsiders, type Outsider } from '#shared/domain/meetings/shown.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';

/** Somebody present who is none of the region's staff. */
export type OtherPerson = {
  readonly of: Outsider;
  readonly name: string;
  readonly organisation: string;
};

/** A meeting as its draft holds it; empty `startedAt`: not begun. */
export type OpenMeeting = {
  readonly startedAt: string;
  /** When it began, while who is present is asked again. */
  readonly beganAt: string;
  readonly about: string;
  readonly way: string;
  readonly personIds: readonly Id[];
  readonly others: readonly OtherPerson[];
  readonly goalId: Id | null;
};

export const freshMeeting = (personIds: readonly Id[]): JsonObject => ({
  startedAt: '',
  beganAt: '',
  about: '',
  way: 'at-home',
  personIds: [...personIds],
  others: [],
  goalId: null,
});

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const isOutsider = (of: unknown): of is Outsider => outsiders.some((each) => each === of);

const otherIn = (entry: unknown): readonly OtherPerson[] => {
  if (typeof entry !== 'object' || entry === null) return [];
  const { of, name, organisation } = entry as JsonObject;
  return isOutsider(of) ? [{ of, name: textIn(name), organisation: textIn(organisation) }] : [];
};

/** Reads a draft, whatever has become of it. */
export const meetingIn = (value: JsonObject): OpenMeeting => {
  const { personIds, others, goalId } = value;
  return {
    startedAt: textIn(value['startedAt']),
    beganAt: textIn(value['beganAt']),
    about: textIn(value['about']),
    way: textIn(value['way']),
    personIds: Array.isArray(personIds)
      ? personIds.flatMap((id) => (typeof id === 'string' ? [id] : []))
      : [],
    others: Array.isArray(others) ? others.flatMap(otherIn) : [],
    goalId: typeof goalId === 'string' ? goalId : null,
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

/** Everybody who is none of the staff, a line for each: name, how they stand to the client, from where. */
export const participantLines = (
  others: readonly OtherPerson[],
  wordOf: (of: Outsider) => string,
): string =>
  others
    .map(({ of, name, organisation }) =>
      [name.trim(), wordOf(of), organisation.trim()].filter((word) => word !== '').join(', '),
    )
    .join('\n');

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
        personIds: [...meeting.personIds],
        participants,
      },
    },
    { ...base, group: 'course', value: { startedAt: meeting.startedAt, endedAt } },
  ];
};
