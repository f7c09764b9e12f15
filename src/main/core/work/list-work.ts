import type { CallOutput, Problem } from '#shared/contract/calls.ts';
import type { WorkItem } from '#shared/contract/work-calls.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { withReading, type ReadableDb } from '#main/db/handles.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { clientOfWork, type ClientOfWork } from '#main/db/queries/work-list.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';
import { looksAt } from '../rights/looks.ts';
import { openParts } from '../rights/open-parts.ts';
import { noteUse } from '../use/note-use.ts';
import { placeOf } from './place.ts';
import { bareItems, recordOfItem, type BareItem } from './work-items.ts';

type OfCase = { readonly client: ClientOfWork | null; readonly parts: readonly HeldGrant[] };

/** Whether the line stands as the client's parts are open now; a hand-over asks those who write in its part. */
const stands = (item: BareItem, { client, parts }: OfCase): boolean => {
  if (item.caseNo === null || item.sort === 'refused') return true;
  if (client === null) return false;
  if (item.compartment === null) return true;
  const part = parts.find(({ compartment }) => compartment === item.compartment);
  return part !== undefined && (item.sort !== 'hand-over' || part.writes);
};

type Listed = { readonly item: BareItem; readonly ofCase: OfCase };

const readListed = (desk: Desk, db: ReadableDb): readonly Listed[] => {
  const cases = new Map<CaseNo, OfCase>();
  const ofCase = (caseNo: CaseNo | null): OfCase => {
    if (caseNo === null) return { client: null, parts: [] };
    const known = cases.get(caseNo) ?? {
      client: clientOfWork(db, caseNo),
      parts: openParts(db, caseNo, desk.now()),
    };
    cases.set(caseNo, known);
    return known;
  };
  return bareItems(db, desk.person, desk.now())
    .map((item) => ({ item, ofCase: ofCase(item.caseNo) }))
    .filter((each) => stands(each.item, each.ofCase));
};

const named = (db: ReadableDb, { item, ofCase: { client, parts } }: Listed): WorkItem => {
  const { caseNo, placeId, compartment: _part, ...rest } = item;
  const isOpen = (compartment: string): boolean =>
    parts.some((part) => part.compartment === compartment);
  return {
    ...rest,
    people: [...rest.people],
    recordId: recordOfItem(item, client?.caseId ?? null),
    client,
    place: caseNo === null || placeId === null ? null : placeOf(db, caseNo, placeId, isOpen),
  };
};

/** Of whom text of a plan is shown: that is a look at the part it lies in. */
const looks = (listed: readonly Listed[]) =>
  [...Map.groupBy(listed, ({ ofCase }) => ofCase)].flatMap(([{ client, parts }, items]) => {
    const shown = new Set(items.map(({ item }) => item.compartment));
    return client === null
      ? []
      : looksAt(
          'view',
          client.caseId,
          parts.filter(({ compartment }) => shown.has(compartment)),
          { screen: 'my-day' },
        );
  });

/** The work list, once the looks stand in the log: what cannot be logged is not shown. */
export const listWork = (desk: Desk): Result<CallOutput<'work.list'>, Problem> => {
  const read = withReading(desk.db, (db) => {
    const listed = readListed(desk, db);
    return { looks: looks(listed), items: listed.map((each) => named(db, each)) };
  });
  if (!read.ok) return err(storageProblem(read.error));
  const logged = noteUse(desk, read.value.looks);
  return logged.ok ? ok({ items: read.value.items }) : logged;
};

/** How many lines ask for something. */
export const countWork = (desk: Desk): Result<CallOutput<'work.count'>, Problem> => {
  const read = withReading(
    desk.db,
    (db) => readListed(desk, db).filter(({ item }) => item.sort !== 'changed').length,
  );
  return read.ok ? ok({ count: read.value }) : err(storageProblem(read.error));
};
