import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Change } from '#shared/domain/change.ts';
import type { Person, Unit } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import type { PullResponse, Scope, StoredChange } from '#shared/protocol/pull.ts';
import { limits } from '#shared/protocol/version.ts';
import { benchmarkChanges, recordBytes } from '#server/demo/benchmark-records.ts';
import { regionParts } from '#server/demo/population.ts';
import { createRandom } from '#server/demo/random.ts';
import { budgetOf } from '#server/region/syncing/page-content.ts';
import { compressedBytes } from '../exchange/wire-bytes.ts';

/** The same seed and day give the same pages, to the last byte. */
const seed = 7;
const today = '2026-11-24';

/** The moment at which the desks of the benchmarks believe they are: after all that was written. */
export const benchmarkNowMs = Date.UTC(2026, 10, 24, 10);

export const epoch: Id = newId(benchmarkNowMs, createRandom(seed, 1).bytes);

/** The server's estimate of what a change weighs on the wire beside its value (`page-content.ts`). */
const envelopeBytes = 480;

/** The units and the staff of the demo region, as the first page brings them. */
export const benchmarkDirectory = (): NonNullable<PullResponse['directory']> => {
  for (const part of regionParts({ seed, clients: 0, today })) {
    if ('units' in part) return directoryOf(part.units, part.people);
  }
  throw new Error('The demo region begins without a directory');
};

const directoryOf = (
  units: readonly Unit[],
  people: readonly Person[],
): NonNullable<PullResponse['directory']> => ({
  revision: 1,
  units: [...units],
  people: [...people],
  absences: [],
});

/** Of a client, in a first sync. */
export const recordsPerClient = 40;

/** Clients one by one, each with the same number of changes in the order of a pull. */
export function* benchmarkClients(
  clients: number,
  recordsPerClient: number,
): Generator<readonly Change[], void> {
  for (const { changes } of benchmarkChanges({ seed, clients, today, recordsPerClient })) {
    yield inPullOrder(changes);
  }
}

/** Scope by scope, record by record: the order in which the server reads what enters. */
const inPullOrder = (changes: readonly Change[]): readonly Change[] =>
  changes.toSorted(
    (a, b) => compare(a.compartment, b.compartment) || compare(a.recordId, b.recordId),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The pages of a first sync as the server's pull cuts them: about `limits.pageBytes` each, records
 * whole, a scope said to have entered by the page that completes it.
 */
export function* pagesOf(clients: Iterable<readonly Change[]>): Generator<PullResponse, void> {
  let budget = budgetOf(limits.pageBytes);
  let changes: StoredChange[] = [];
  let entered: Scope[] = [];
  let grants: Grant[] = [];
  let seq = 0;
  let number = 0;
  const page = (more: boolean): PullResponse => {
    number += 1;
    return {
      epoch,
      highWater: seq,
      through: seq,
      changes,
      entered,
      grants,
      left: [],
      receipts: [],
      directory: number === 1 ? benchmarkDirectory() : null,
      cursor: String(number),
      more,
      entering: 0,
    };
  };
  for (const client of clients) {
    const scopes = Map.groupBy(client, (change) => change.compartment);
    for (const [compartment, ofScope] of scopes) {
      for (const record of Map.groupBy(ofScope, (change) => change.recordId).values()) {
        const bytes = record.reduce((sum, change) => sum + wireBytes(change), 0);
        if (!budget.take(bytes)) {
          yield page(true);
          budget = budgetOf(limits.pageBytes);
          budget.take(bytes);
          changes = [];
          entered = [];
          grants = [];
        }
        for (const change of record) changes.push({ seq: (seq += 1), change });
      }
      const caseId = ofScope[0]?.caseId;
      if (caseId === undefined) continue;
      entered.push({ caseId, compartment });
      grants.push(grantOf(caseId, compartment));
    }
  }
  yield page(false);
}

/** As the region tells a member of the team why a part is delivered. */
const grantOf = (caseId: Id, compartment: string): Grant => ({
  caseId,
  compartment,
  basis: 'relation',
  relation: 'team',
  role: 'participant',
  basisId: null,
  writes: true,
  manages: true,
  untilMs: null,
});

const wireBytes = (change: Change): number =>
  envelopeBytes + Buffer.byteLength(JSON.stringify(change.value));

export type PreparedPages = {
  readonly pages: number;
  readonly clients: number;
  readonly records: number;
  readonly bytesOnWire: number;
  /** The same, each page compressed as the server does it for whoever takes it so. */
  readonly bytesCompressed: number;
  /** What a record weighs by itself, ids as 16 bytes: the average over all of them. */
  readonly recordBytes: number;
  /** Of all changes with their values, in the order of their ids: every arm must come to the same. */
  readonly stateHash: string;
};

export const pageFile = (folder: string, number: number): string =>
  path.join(folder, `page-${number}.json`);

/** Writes the pages of a first sync to files, for the page server to send as they are. */
export const preparePages = (
  folder: string,
  clients: number,
  recordsPerClient: number,
): PreparedPages => {
  const contents: (readonly [Id, string])[] = [];
  let pages = 0;
  let bytesOnWire = 0;
  let bytesCompressed = 0;
  let weight = 0;
  for (const page of pagesOf(benchmarkClients(clients, recordsPerClient))) {
    const text = JSON.stringify(page);
    fs.writeFileSync(pageFile(folder, pages), text);
    pages += 1;
    bytesOnWire += Buffer.byteLength(text);
    bytesCompressed += compressedBytes(text);
    for (const { change } of page.changes) {
      contents.push([change.id, JSON.stringify(change.value)]);
      weight += recordBytes(change);
    }
  }
  const records = contents.length;
  const stateHash = hashOf(contents);
  const size = { bytesOnWire, bytesCompressed, recordBytes: weight / records };
  return { pages, clients, records, ...size, stateHash };
};

export const hashOf = (contents: readonly (readonly [Id, string])[]): string => {
  const hash = createHash('sha256');
  for (const [id, value] of contents.toSorted(([a], [b]) => compare(a, b))) {
    hash.update(`${id} ${value}\n`);
  }
  return hash.digest('hex');
};
