import type { CallOutput } from '#shared/contract/calls.ts';
import type { Result } from '#shared/lib/result.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { withTransaction, type ReadableDb } from '#main/db/handles.ts';
import { findInOutbox, outboxOfCase } from '#main/db/queries/outbox.ts';
import { closedCompartments } from '#main/db/queries/scopes.ts';
import { firstSetAside, type SetAsideChange } from '#main/db/queries/set-aside-changes.ts';
import { allSetAsidePlans, makeDue, type SetAsidePlan } from '#main/db/queries/set-aside-plans.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import type { Desk } from '../desk.ts';
import { nameIn, outboxRowOf } from './read-outbox.ts';
import { retrySetAside, type Retried } from './set-aside-changes.ts';

type SetAside = CallOutput<'sync.setAside'>;

/** More than these are counted, not listed. */
const mostIncoming = 200;
const mostRows = 50;

/** What is set aside here, the earliest first. */
export const readSetAside = (db: ReadableDb): SetAside => ({
  incoming: firstSetAside(db, mostIncoming).map((row) => incomingRow(db, row)),
  plans: allSetAsidePlans(db).map((plan) => waitingPlan(db, plan)),
});

/** Of a part that is not open here only is told that something came. */
const incomingRow = (db: ReadableDb, row: SetAsideChange): SetAside['incoming'][number] => {
  const caseNo = row.caseId === null ? undefined : findCase(db, row.caseId);
  const isClosed =
    caseNo === undefined || closedCompartments(db, caseNo).has(row.compartment ?? '');
  return {
    hash: Buffer.from(row.hash).toString('hex'),
    code: row.code,
    takenMs: row.takenMs,
    caseId: isClosed ? null : row.caseId,
    recordId: isClosed ? null : row.recordId,
    clientName: isClosed ? null : nameIn(db, caseNo),
    kind: isClosed ? null : row.kind,
    group: isClosed ? null : row.group,
    isErased: row.text === null,
  };
};

const waitingPlan = (db: ReadableDb, plan: SetAsidePlan): SetAside['plans'][number] => {
  const counter = findInOutbox(db, plan.changeId)?.counter ?? 0;
  const rows = outboxOfCase(db, plan.caseNo).filter(
    (row) => row.refused === null && row.counter >= counter,
  );
  return {
    code: plan.code,
    sinceMs: plan.sinceMs,
    nextMs: plan.nextMs,
    tries: plan.tries,
    rows: rows.slice(0, mostRows).map((row) => outboxRowOf(db, row)),
  };
};

/** A person asks: what came is read again, and what waits is sent with the next exchange (SPEC N4, N7). */
export const tryAgain = (desk: Desk): Result<Retried, StorageProblem> => {
  const due = withTransaction(desk.db, (db) => makeDue(db));
  return due.ok ? retrySetAside(desk) : due;
};
