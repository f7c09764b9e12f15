import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Change } from '#shared/domain/change.ts';
import { registerOf } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { withTransaction, type Reader } from '../../db/pool.ts';
import { compartmentsOf, entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { clientNames } from '../openings/case-standing.ts';
import { writeUse } from '../use-log/write-use.ts';
import { reviewersOf, type ReviewerRight } from './reviewers.ts';
import { batchSize, waitingFor, type After, type Waiting } from './waiting.ts';

type Row = OnlineOutput<'reviews.list'>['rows'][number];
type Shown = { readonly waiting: Waiting; readonly right: ReviewerRight };

/** The work for which the asker is a reviewer now, the oldest first. Logged before it is shown. */
export const listReviews = async (
  asker: Asker,
): Promise<Result<OnlineOutput<'reviews.list'>, OnlineRefusal>> => {
  const nowMs = asker.now().getTime();
  return withTransaction(asker.db, async (tx) => {
    const shown = await forReviewer(tx, asker, nowMs);
    await writeUse(tx, entriesOf(asker, shown));
    return ok({ rows: await rowsOf(tx, shown) });
  });
};

/** Most rows of one list; the others come when these have been decided. */
const mostRows = 500;

const forReviewer = async (
  db: Reader,
  { person }: Asker,
  nowMs: number,
): Promise<readonly Shown[]> => {
  const byDuty = person.duties.some((duty) => duty !== 'administrator');
  const shown: Shown[] = [];
  let after: After | null = null;
  for (;;) {
    const batch: readonly Waiting[] = await waitingFor(
      db,
      person.id,
      finnishDate(nowMs),
      byDuty,
      after,
    );
    const reviewers = await reviewersOf(
      db,
      batch.map(({ change }) => change),
      nowMs,
    );
    for (const waiting of batch) {
      const right = reviewers.get(waiting.change.id)?.get(person.id);
      if (right) shown.push({ waiting, right });
    }
    const last = batch.at(-1);
    if (!last || batch.length < batchSize || shown.length >= mostRows) break;
    after = { receivedAt: last.receivedAt, changeId: last.change.id };
  }
  return shown.slice(0, mostRows);
};

/** Most records that one entry names. */
const mostRecords = 500;

/** One entry for each client and register. */
const entriesOf = (asker: Asker, shown: readonly Shown[]): readonly UseEntry[] =>
  [
    ...Map.groupBy(
      shown,
      ({ waiting: { change } }) => `${change.caseId} ${registerOf(change.compartment)}`,
    ).values(),
  ].flatMap((looks) => {
    const [first] = looks;
    if (!first) return [];
    const changes = looks.map(({ waiting }) => waiting.change);
    return [
      entryOf(asker, {
        action: 'review',
        caseId: first.waiting.change.caseId,
        register: registerOf(first.waiting.change.compartment),
        compartments: compartmentsOf(changes, (change) => change.compartment),
        what: {
          screen: 'reviews',
          count: changes.length,
          records: changes
            .slice(0, mostRecords)
            .map(({ recordId: id, kind, group }) => ({ id, kind, group })),
        },
        ...first.right,
      }),
    ];
  });

const rowsOf = async (db: Reader, shown: readonly Shown[]): Promise<Row[]> => {
  const changes = shown.map(({ waiting }) => waiting.change);
  const names = await clientNames(
    db,
    changes.map(({ caseId }) => caseId),
  );
  const current = await currentValues(db, changes);
  return shown.map(({ waiting: { change, receivedAt } }) => ({
    changeId: change.id,
    caseId: change.caseId,
    clientName: names.get(change.caseId) ?? '',
    recordId: change.recordId,
    kind: change.kind,
    group: change.group,
    compartment: change.compartment,
    value: change.value,
    authorId: change.authorId,
    profession: change.profession,
    writtenMs: physicalMs(change.time),
    receivedMs: receivedAt.getTime(),
    current: [...(current.get(change.id) ?? [])],
  }));
};

type Current = Row['current'][number];

/** What the plan says now in the places that the changes are for, by the changes' ids. */
const currentValues = async (
  db: Reader,
  changes: readonly Change[],
): Promise<ReadonlyMap<Id, readonly Current[]>> => {
  if (changes.length === 0) return new Map();
  const rows = await db.query<Current & { readonly changeId: Id }>(
    `SELECT place.change_id AS "changeId", log.value, log.author_id AS "authorId", log.profession
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
       AS place (change_id, case_id, record_id, grp, compartment)
     JOIN head ON head.case_id = place.case_id AND head.record_id = place.record_id
       AND head.grp = place.grp AND head.compartment = place.compartment
     JOIN change_log AS log ON log.case_id = head.case_id AND log.change_id = head.change_id
     ORDER BY head.seq`,
    [
      changes.map(({ id }) => id),
      changes.map(({ caseId }) => caseId),
      changes.map(({ recordId }) => recordId),
      changes.map(({ group }) => group),
      changes.map(({ compartment }) => compartment),
    ],
  );
  return new Map(
    [...Map.groupBy(rows, ({ changeId }) => changeId)].map(([changeId, heads]) => [
      changeId,
      heads.map(({ value, authorId, profession }) => ({ value, authorId, profession })),
    ]),
  );
};
