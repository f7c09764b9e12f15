import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import {
  isAnswer,
  isOpenState,
  standingOfRequest,
  type RequestStanding,
} from '#shared/domain/requests/standing.ts';
import { latestVersion, standingOf, valueOf } from '#renderer/store/reading.ts';

/** Somebody has read a version of a record, and said so. */
export type Acknowledged = { readonly personId: Id; readonly changeId: Id; readonly time: number };

/** One request as the plan shows it. */
export type PlanRequest = {
  readonly record: RecordView;
  readonly question: GroupValue<'request', 'question'>;
  readonly asked: VersionView;
  readonly answer: GroupValue<'request', 'answer'> | null;
  readonly answered: VersionView | undefined;
  readonly standing: RequestStanding;
  readonly isOpen: boolean;
  /** Whether the one who asked has an answer to read. */
  readonly hasAnswer: boolean;
};

/** Who has acknowledged what, by the record that was read; the latest first. */
export const acknowledgmentsOf = (view: ClientView): ReadonlyMap<Id, readonly Acknowledged[]> => {
  const given = standingOf(view, 'acknowledgment').flatMap((record) => {
    const receipt = valueOf(record, 'acknowledgment', 'receipt');
    const by = latestVersion(record.groups['receipt']?.heads ?? []);
    return receipt === null || by === undefined
      ? []
      : [
          {
            about: receipt.recordId,
            personId: by.authorId,
            changeId: receipt.changeId,
            time: by.time,
          },
        ];
  });
  return Map.groupBy(
    given.toSorted((a, b) => b.time - a.time),
    ({ about }) => about,
  );
};

const dueFirst = (a: PlanRequest, b: PlanRequest): number => {
  if (a.isOpen !== b.isOpen) return a.isOpen ? -1 : 1;
  const [one, other] = [a.question.due ?? '9999', b.question.due ?? '9999'];
  if (a.isOpen && one !== other) return one < other ? -1 : 1;
  return b.asked.time - a.asked.time;
};

/** The plan's requests: the open first, what is due soonest on top; then what has ended, the newest first. */
export const requestsOf = (view: ClientView, today: CivilDate): readonly PlanRequest[] =>
  standingOf(view, 'request')
    .flatMap((record) => {
      const question = valueOf(record, 'request', 'question');
      const asked = latestVersion(record.groups['question']?.heads ?? []);
      if (question === null || asked === undefined) return [];
      const answer = valueOf(record, 'request', 'answer');
      const state = answer?.state ?? 'open';
      return [
        {
          record,
          question,
          asked,
          answer,
          answered: latestVersion(record.groups['answer']?.heads ?? []),
          standing: standingOfRequest(question, answer, today),
          isOpen: isOpenState(question.kind, state),
          hasAnswer: isAnswer(question.kind, state),
        },
      ];
    })
    .toSorted(dueFirst);

/** Requests by the row that they are about. */
export const byPlace = (
  requests: readonly PlanRequest[],
): ReadonlyMap<Id, readonly PlanRequest[]> =>
  Map.groupBy(requests, ({ question }) => question.recordId);

/** The row to show for an address: a request is shown at its place. */
export const shownPlace = (requests: readonly PlanRequest[], recordId: Id | null): Id | null =>
  requests.find(({ record }) => record.id === recordId)?.question.recordId ?? recordId;

/** Whether a request has come to its end and this person has nothing of it left to read. */
export const isPast = (
  { record, asked, answered, isOpen, hasAnswer }: PlanRequest,
  personId: Id | null,
  given: ReadonlyMap<Id, readonly Acknowledged[]>,
): boolean => {
  if (isOpen || record.groups['answer']?.state === 'conflict') return false;
  const isToRead = hasAnswer && asked.authorId === personId && answered?.authorId !== personId;
  return (
    !isToRead ||
    (given.get(record.id) ?? []).some(
      (each) => each.personId === personId && each.changeId === answered?.changeId,
    )
  );
};
