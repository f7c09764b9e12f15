import type { WorkItem } from '#shared/contract/work-calls.ts';
import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { findCaseId } from '#main/db/queries/cases.ts';
import { readAbsences } from '#main/db/queries/directory.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { allRefused, inReview } from '#main/db/queries/outbox.ts';
import { readReviewed } from '#main/db/queries/reviewed.ts';
import { countSetAside } from '#main/db/queries/set-aside-changes.ts';
import { countSetAsidePlans } from '#main/db/queries/set-aside-plans.ts';
import {
  changedUnseen,
  handOversTo,
  openConflicts,
  ownRequests,
  requestsTo,
  requestsToAbsent,
  reviewsDue,
  type Whose,
  type WorkRequest,
} from '#main/db/queries/work-list.ts';
import { partiesTo } from './place.ts';

/** A line before names are put to it: `caseNo` and `placeId` say where it is. */
export type BareItem = Omit<WorkItem, 'client' | 'place'> & {
  readonly caseNo: CaseNo | null;
  readonly placeId: string | null;
  /** The part whose text it shows; null for none. */
  readonly compartment: string | null;
};

/** Reviews show so many days ahead. */
const reviewDays = 30;
/** So long a hand-over waits for its acknowledgment; after that it is read as any note. */
const handOverDays = 14;
const longestText = 200;

const nothing = {
  caseNo: null,
  placeId: null,
  compartment: null,
  recordId: null,
  group: null,
  kind: '',
  state: '',
  text: '',
  people: [],
  due: null,
  time: null,
  count: 0,
} as const satisfies Partial<BareItem>;

const beginning = (text: string): string =>
  [...text.slice(0, 2 * longestText).replaceAll(/\s+/gu, ' ')].slice(0, longestText).join('');

/** Somebody of the directory, whose profession the window knows. */
const somebody = (personId: string) => ({ personId, profession: '' });

/** Who asks, who has answered, or who is still to answer. */
const partiesOf = (
  { askerId, answererId, askedId, profession }: WorkRequest,
  sort: 'request' | 'own-request' | 'answer',
): BareItem['people'] => {
  if (sort === 'request') return [somebody(askerId)];
  const other = answererId ?? askedId;
  return other === null ? [{ personId: null, profession: profession ?? '' }] : [somebody(other)];
};

const requestItem = (
  request: WorkRequest,
  sort: 'request' | 'own-request' | 'answer',
): BareItem => ({
  ...nothing,
  key: `${sort}/${request.recordId}`,
  sort,
  caseNo: request.caseNo,
  recordId: request.recordId,
  placeId: request.placeId,
  compartment: request.compartment,
  kind: request.kind,
  state: request.state,
  text: beginning(
    sort === 'answer' && request.answerText !== '' ? request.answerText : request.text,
  ),
  people: partiesOf(request, sort),
  due: sort === 'answer' ? null : request.due,
  time: sort === 'answer' ? request.answeredMs : request.askedMs,
});

/** Requests to this person, to a colleague who is away, and one's own that are late or answered. */
const requestItems = (db: ReadableDb, whose: Whose): readonly BareItem[] => {
  const away = readAbsences(db).filter(
    (absence) => absence.deputyId === whose.personId && isCurrent(absence, whose.today),
  );
  const forAbsent = away.flatMap(({ personId, caseIds }) =>
    requestsToAbsent(db, personId).filter(
      ({ caseNo }) => caseIds === null || caseIds.includes(findCaseId(db, caseNo) ?? ''),
    ),
  );
  const toMe = new Map(
    [...requestsTo(db, whose), ...forAbsent].map((request) => [request.recordId, request]),
  );
  return [
    ...[...toMe.values()].map((request) => requestItem(request, 'request')),
    ...ownRequests(db, whose).map((request) =>
      requestItem(request, request.isOpen ? 'own-request' : 'answer'),
    ),
  ];
};

const handOverItems = (db: ReadableDb, whose: Whose, nowMs: number): readonly BareItem[] =>
  handOversTo(db, whose, nowMs - handOverDays * 24 * 3_600_000).map((note) => ({
    ...nothing,
    key: `hand-over/${note.recordId}`,
    sort: 'hand-over',
    caseNo: note.caseNo,
    recordId: note.recordId,
    compartment: note.compartment,
    text: beginning(note.text),
    people: [somebody(note.authorId)],
    time: note.writtenMs,
  }));

const reviewItems = (db: ReadableDb, whose: Whose): readonly BareItem[] =>
  reviewsDue(db, whose, addDays(whose.today, reviewDays)).map(({ caseNo, date }) => ({
    ...nothing,
    key: `review/${caseNo}`,
    sort: 'review',
    caseNo,
    due: date,
  }));

const conflictItems = (db: ReadableDb, whose: Whose): readonly BareItem[] =>
  openConflicts(db, whose).flatMap(({ caseNo, recordId, group, isCustodian }) => {
    const { heads, isOwn } = partiesTo(db, caseNo, recordId, group, whose.personId);
    const [first] = heads;
    if (!first || (!isOwn && !isCustodian)) return [];
    return [
      {
        ...nothing,
        key: `conflict/${recordId}/${group}`,
        sort: 'conflict' as const,
        caseNo,
        recordId,
        placeId: recordId,
        compartment: first.shape.compartment,
        group,
        kind: first.shape.kind,
        people: [
          ...new Map(
            heads.map(({ author }) => [
              author.personId,
              { personId: author.personId, profession: author.profession },
            ]),
          ).values(),
        ],
        time: Math.max(...heads.map(({ timeMs }) => timeMs)),
        count: heads.length,
      },
    ];
  });

/** What the region did not take, what came back from a review, what could not be read. */
const troubleItems = (db: ReadableDb): readonly BareItem[] => {
  // What a reviewer has taken in asks nothing of its author before it is decided.
  const refused = allRefused(db).filter((row) => row.refused !== inReview);
  const returned = readReviewed(db).filter(({ state }) => state === 'returned');
  const unread = countSetAside(db);
  const stuck = countSetAsidePlans(db);
  return [
    ...refused.map((row) => ({
      ...nothing,
      key: `refused/${row.changeId}`,
      sort: 'refused' as const,
      caseNo: row.caseNo,
      group: row.change.group,
      kind: row.change.kind,
      state: row.refused ?? '',
      time: row.madeAt,
    })),
    ...returned.map((each) => ({
      ...nothing,
      key: `returned/${each.changeId}`,
      sort: 'returned' as const,
      text: beginning(each.reason),
      people: each.reviewerId === null ? [] : [somebody(each.reviewerId)],
      time: each.decidedMs,
    })),
    ...(unread + stuck > 0
      ? [{ ...nothing, key: 'set-aside', sort: 'set-aside' as const, count: unread + stuck }]
      : []),
  ];
};

const changedItems = (db: ReadableDb, whose: Whose): readonly BareItem[] =>
  changedUnseen(db, whose).map(({ caseNo, count }) => ({
    ...nothing,
    key: `changed/${caseNo}`,
    sort: 'changed',
    caseNo,
    count,
  }));

/** Everything on this person's list, from derived rows: no client is opened for it. */
export const bareItems = (
  db: ReadableDb,
  person: { readonly id: string; readonly profession: string },
  nowMs: number,
): readonly BareItem[] => {
  const whose: Whose = {
    personId: person.id,
    profession: person.profession,
    today: finnishDate(nowMs),
  };
  return [
    ...reviewItems(db, whose),
    ...conflictItems(db, whose),
    ...troubleItems(db),
    ...requestItems(db, whose),
    ...handOverItems(db, whose, nowMs),
    ...changedItems(db, whose),
  ];
};

/** A review is of the plan as a whole. */
export const recordOfItem = (item: BareItem, caseId: string | null): string | null =>
  item.sort === 'review' && caseId !== null ? planIdOf(caseId) : item.recordId;
