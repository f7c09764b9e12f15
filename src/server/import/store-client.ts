import { keyAtEnd } from '#shared/sync/order-key.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { changeSchema, type Change, type HybridTime } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { compartmentOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import type { Person } from '#shared/domain/directory.ts';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { canonicalJson, sameJson, type JsonObject } from '#shared/lib/canonical-json.ts';
import { schemaToWrite } from '#shared/sync/versions.ts';
import { withTransaction, type Database, type Transaction } from '../db/pool.ts';
import { lockCases } from '../region/syncing/append.ts';
import { savePeople } from '../region/directory.ts';
import { storeOwnChanges } from '../region/syncing/store-changes.ts';
import type { ImportedRecord } from './imported-record.ts';
import type { ImportedClient } from './map-source.ts';
import type { ImportWarning } from './problem.ts';
import { words } from './words.ts';

/** In whose name the import writes: an entry of the directory that nobody can sign in as. */
export const importAuthor: Person = {
  id: derivedId('fhir-import', 'author'),
  ...words.author,
  profession: 'other-professional',
  taskClass: 'support-and-administration',
  unitId: null,
  registerNumber: null,
  tasks: [],
  duties: [],
  partnerSector: null,
  active: false,
};

export type StoredClient = {
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'another-person';
  readonly changes: number;
  readonly newRecords: number;
  readonly warnings: readonly ImportWarning[];
};

/**
 * Writes what is new at the source, in one transaction: the whole client or nothing. What equals the
 * plan is not written again; what a person has written here since stays and is told.
 */
export const storeClient = (
  db: Database,
  client: ImportedClient,
  now: Date,
): Promise<StoredClient> =>
  withTransaction(db, async (tx) => {
    await lockCases(tx, [client.caseId]);
    const here = await readCase(tx, client.caseId);
    if (isAnotherPerson(client, here)) {
      return { outcome: 'another-person', changes: 0, newRecords: 0, warnings: [] };
    }
    const plan = planChanges(client, here, now.getTime());
    await saveNewPeople(tx, client.people);
    const receipts = await storeOwnChanges(tx, plan.changes, now);
    if (receipts.some(({ verdict }) => verdict !== 'stored')) {
      throw new Error('The region did not take in every change of the client.');
    }
    return {
      outcome: here.isNew ? 'new' : plan.changes.length > 0 ? 'changed' : 'unchanged',
      changes: plan.changes.length,
      newRecords: plan.newRecords,
      warnings: plan.warnings,
    };
  });

type Head = { readonly id: Id; readonly value: JsonObject; readonly authorId: Id };

type Case = {
  readonly isNew: boolean;
  /** By record and group. */
  readonly heads: ReadonlyMap<string, readonly Head[]>;
  /** What the import wrote last, by record and group. */
  readonly imported: ReadonlyMap<string, JsonObject>;
  readonly records: ReadonlySet<Id>;
  readonly lastTime: HybridTime | null;
};

const groupKey = (recordId: Id, group: string): string => `${recordId} ${group}`;

const readCase = async (tx: Transaction, caseId: Id): Promise<Case> => {
  const heads = await tx.query<{ recordId: Id; group: string } & Head>(
    `SELECT head.record_id AS "recordId", head.grp AS "group", log.change_id AS id, log.value,
            log.author_id AS "authorId"
     FROM head JOIN change_log AS log
       ON log.case_id = head.case_id AND log.change_id = head.change_id
     WHERE head.case_id = $1 ORDER BY head.seq`,
    [caseId],
  );
  const written = await tx.query<{
    recordId: Id;
    group: string;
    value: JsonObject;
    time: HybridTime;
  }>(
    `SELECT DISTINCT ON (record_id, grp) record_id AS "recordId", grp AS "group", value,
            hybrid_time AS time
     FROM change_log WHERE case_id = $1 AND author_id = $2 ORDER BY record_id, grp, seq DESC`,
    [caseId, importAuthor.id],
  );
  return {
    isNew: heads.length === 0,
    heads: Map.groupBy(heads, (head) => groupKey(head.recordId, head.group)),
    imported: new Map(written.map((row) => [groupKey(row.recordId, row.group), row.value])),
    records: new Set(heads.map((head) => head.recordId)),
    lastTime:
      written
        .map(({ time }) => time)
        .toSorted()
        .at(-1) ?? null,
  };
};

/** Two sources may give one id to two people: a client whose name and birth date both differ is not overwritten. */
const isAnotherPerson = (client: ImportedClient, here: Case): boolean => {
  const [head] = here.heads.get(groupKey(client.caseId, 'identity')) ?? [];
  const identity = client.records.find(({ kind }) => kind === 'client')?.groups['identity'];
  if (!head || !identity) return false;
  const differs = (...fields: readonly string[]): boolean =>
    fields.every((field) => head.value[field] !== identity[field]);
  const sameCode = identity['personalIdentityCode'] !== null && !differs('personalIdentityCode');
  return !sameCode && differs('birthDate', 'familyName', 'givenNames');
};

type Planned = {
  readonly changes: readonly Change[];
  readonly newRecords: number;
  readonly warnings: readonly ImportWarning[];
};

const planChanges = (client: ImportedClient, here: Case, nowMs: number): Planned => {
  const changes: Change[] = [];
  const warnings: ImportWarning[] = [];
  let newRecords = 0;
  let time = here.lastTime;
  const lists = listEnds(client.records, here);

  const write = (
    record: ImportedRecord,
    group: string,
    value: JsonObject,
    parents: readonly Id[],
  ): void => {
    time = tick(time, nowMs);
    const parentIds = [...parents];
    changes.push(
      changeSchema.parse({
        // The same news of the same source is the same change, whichever server process writes it.
        id: derivedId('fhir-import-change', canonicalJson([record.id, group, value, parentIds])),
        recordId: record.id,
        kind: record.kind,
        caseId: client.caseId,
        compartment: compartmentOfKind(record.kind) ?? jointPlan,
        group,
        value,
        parents: parentIds,
        authorId: importAuthor.id,
        profession: importAuthor.profession,
        taskClass: importAuthor.taskClass,
        time,
        schema: schemaToWrite({ kind: record.kind, group }),
      }),
    );
  };

  for (const record of client.records) {
    const isNew = !here.records.has(record.id);
    if (isNew && record.onlyIfKnown) continue;
    if (isNew) newRecords += 1;
    const removed = isRemoved(here, record.id);
    let kept = false;
    for (const [group, value] of Object.entries(record.groups)) {
      const key = groupKey(record.id, group);
      const heads = here.heads.get(key) ?? [];
      const [head] = heads;
      if (!head) write(record, group, value, []);
      else if (heads.every((one) => sameJson(one.value, value))) continue;
      else if (!removed && heads.length === 1 && head.authorId === importAuthor.id) {
        write(record, group, value, [head.id]);
      } else if (!sameJson(here.imported.get(key) ?? null, value)) kept = true;
    }
    for (const [group, value] of Object.entries(record.once)) {
      if (!here.heads.has(groupKey(record.id, group))) write(record, group, value, []);
    }
    if (record.list !== null && !here.heads.has(groupKey(record.id, 'order'))) {
      write(record, 'order', { key: lists.next(record.list, record.id) }, []);
    }
    if (kept) {
      warnings.push({
        ...record.place,
        kind: removed ? 'removed-here' : 'kept-edited-here',
        detail: record.kind,
      });
    }
  }
  return { changes, newRecords, warnings };
};

const isRemoved = (here: Case, recordId: Id): boolean =>
  (here.heads.get(groupKey(recordId, existenceGroup)) ?? []).some(
    ({ value }) => value['state'] !== 'standing',
  );

/** New rows stand after those that are in their list already, whoever put them there. */
const listEnds = (records: readonly ImportedRecord[], here: Case) => {
  const rows = new Map<string, { readonly id: Id; readonly key: string }[]>();
  const put = (list: string, id: Id, key: string): void => {
    const row = { id, key };
    const known = rows.get(list);
    if (known) known.push(row);
    else rows.set(list, [row]);
  };
  const listOf = listsHere(here);
  for (const [key, heads] of here.heads) {
    if (!key.endsWith(' order')) continue;
    const recordId = key.slice(0, -' order'.length);
    const rowKey = heads.at(-1)?.value['key'];
    const list = records.find(({ id }) => id === recordId)?.list ?? listOf(recordId);
    if (typeof rowKey === 'string') put(list, recordId, rowKey);
  }
  return {
    next: (list: string, id: Id): string => {
      const all = rows.get(list) ?? [];
      const last = all.reduce<{ id: Id; key: string } | null>(
        (high, row) => (high === null || row.key > high.key ? row : high),
        null,
      );
      const key = keyAtEnd(last ? [last] : []);
      rows.set(list, [{ id, key }]);
      return key;
    },
  };
};

/** The list of a record that the source does not tell about: what it hangs on, or the plan's needs. */
const listsHere =
  (here: Case) =>
  (recordId: Id): string => {
    const value = here.heads.get(groupKey(recordId, 'belonging'))?.[0]?.value;
    const parent = value?.['needId'] ?? value?.['goalId'];
    return typeof parent === 'string' ? parent : 'needs';
  };

/** People are added and brought up to date until the region makes them its own by an account. */
export const saveNewPeople = async (tx: Transaction, people: readonly Person[]): Promise<void> => {
  const rows = await tx.query<{ id: Id }>(
    'SELECT id FROM person WHERE active AND id = ANY($1::uuid[])',
    [people.map(({ id }) => id)],
  );
  const own = new Set(rows.map(({ id }) => id));
  await savePeople(
    tx,
    people.filter(({ id }) => !own.has(id)),
  );
};
