import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { withTransaction, type Database } from '../db/pool.ts';
import { saveUnits } from '../region/directory.ts';
import { createCorpus, createShared, type Corpus, type Shared } from './corpus.ts';
import { gatherClients, type ClientSource } from './gather-clients.ts';
import type { MapOptions, TeamMember } from './map-options.ts';
import { asUnit, found, personOf } from './map-people.ts';
import { mapSource } from './map-source.ts';
import { addAll, quoted, type ImportProblem, type ImportWarning } from './problem.ts';
import { findFiles } from './read-files.ts';
import { readGroup, survey } from './read-groups.ts';
import { isOf } from './source-resource.ts';
import { importAuthor, saveNewPeople, storeClient } from './store-client.ts';

export type ImportOptions = {
  readonly db: Database;
  /** Files and folders. */
  readonly paths: readonly string[];
  /** Names the source where the files do not; part of the ids of what has no other name. */
  readonly source: string;
  readonly team: readonly TeamMember[];
  readonly now: () => Date;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Looked at between files and between clients. */
  readonly until: AbortSignal;
};

export type ImportProgress = {
  readonly step: 'reading' | 'storing';
  readonly files: number;
  readonly allFiles: number;
  readonly resources: number;
  readonly clients: number;
};

export type ImportSummary = {
  readonly files: number;
  /** Resources in the files: those that went in, and those that did not for the reasons named. */
  readonly resources: {
    readonly read: number;
    readonly in: number;
    readonly refused: number;
    readonly leftOut: number;
  };
  readonly clients: { readonly new: number; readonly changed: number; readonly unchanged: number };
  readonly records: number;
  readonly changes: number;
  readonly people: number;
  readonly units: number;
  readonly problems: readonly ImportProblem[];
  readonly warnings: readonly ImportWarning[];
  /** Ended before its time by `until`. */
  readonly stopped: boolean;
};

type Tally = {
  in: number;
  refused: number;
  leftOut: number;
  new: number;
  changed: number;
  unchanged: number;
  records: number;
  changes: number;
  readonly problems: ImportProblem[];
  readonly warnings: ImportWarning[];
};

/**
 * Imports the files: the directory first, then client by client, each in a transaction of its own.
 * Running it again over the same files writes nothing; what cannot be read or does not fit is named
 * and the rest goes in.
 *
 * @throws what the database throws when it is away: everything stored so far stays
 */
export const runImport = async (options: ImportOptions): Promise<ImportSummary> => {
  const { db, until, now } = options;
  const { files, problems } = await findFiles(options.paths);
  const progress = { files: 0, allFiles: files.length, resources: 0, clients: 0 };
  const tell = (step: ImportProgress['step'], more: Partial<ImportProgress>): void => {
    Object.assign(progress, more);
    options.onProgress({ ...progress, step });
  };
  const surveyed = await survey(files, {
    stopped: () => until.aborted,
    onFile: (done) => tell('reading', { files: done }),
  });
  const tally: Tally = {
    in: 0,
    refused: surveyed.refused,
    leftOut: surveyed.warnings.length,
    new: 0,
    changed: 0,
    unchanged: 0,
    records: 0,
    changes: 0,
    problems: [...problems, ...surveyed.problems],
    warnings: [...surveyed.warnings],
  };
  const shared = createShared(surveyed.shared, options.source);
  const directory = await storeDirectory(db, shared, options, tally);
  const mapOptions: MapOptions = {
    today: finnishDate(now().getTime()),
    team: options.team,
    knownCodes: await readKnownCodes(db, surveyed.codes),
  };

  let filesDone = 0;
  tell('storing', { files: 0, resources: surveyed.resources });
  for (const group of surveyed.groups) {
    if (until.aborted) break;
    const corpus = createCorpus(await readGroup(group), shared, options.source);
    const gathered = gatherClients(corpus);
    addAll(tally.problems, gathered.problems);
    addAll(tally.warnings, gathered.warnings);
    tally.refused += gathered.problems.length;
    tally.leftOut += gathered.warnings.length;
    for (const client of gathered.clients) {
      if (until.aborted) break;
      await importClient(db, client, corpus, mapOptions, now(), tally);
      tell('storing', { clients: tally.new + tally.changed + tally.unchanged });
    }
    filesDone += group.length;
    tell('storing', { files: filesDone });
  }
  // Files without a patient have nothing to store by themselves.
  if (!until.aborted) tell('storing', { files: files.length });
  return {
    files: files.length,
    resources: {
      read: surveyed.resources,
      in: tally.in,
      refused: tally.refused,
      leftOut: tally.leftOut,
    },
    clients: { new: tally.new, changed: tally.changed, unchanged: tally.unchanged },
    records: tally.records,
    changes: tally.changes,
    ...directory,
    problems: tally.problems,
    warnings: tally.warnings,
    stopped: until.aborted,
  };
};

const importClient = async (
  db: Database,
  source: ClientSource,
  corpus: Corpus,
  options: MapOptions,
  now: Date,
  tally: Tally,
): Promise<void> => {
  const mapped = mapSource(source, corpus, options);
  const all = source.resources.length + 1;
  addAll(tally.problems, mapped.problems);
  if (!('records' in mapped)) {
    tally.refused += all;
    return;
  }
  const stored = await storeClient(db, mapped, now);
  if (stored.outcome === 'another-person') {
    tally.refused += all;
    const { file, entry } = mapped.patient;
    tally.problems.push({
      file,
      entry,
      path: 'Patient',
      code: 'same-id',
      reason: `has the id of another person in the region (name and birth date differ), so this person's ${all} resources stay out`,
    });
    return;
  }
  tally[stored.outcome] += 1;
  tally.in += mapped.resources;
  tally.refused += all - mapped.resources;
  tally.records += stored.newRecords;
  tally.changes += stored.changes;
  addAll(tally.warnings, mapped.warnings);
  addAll(tally.warnings, stored.warnings);
};

/** Units and people before the clients that name them, all together. */
const storeDirectory = async (
  db: Database,
  shared: Shared,
  { source }: ImportOptions,
  tally: Tally,
): Promise<{ readonly people: number; readonly units: number }> => {
  const corpus = createCorpus([], shared, source);
  const units = new Map<Id, ReturnType<typeof asUnit>>();
  const people = new Map<Id, Person>();
  const seen = new Set<string>();
  for (const resource of shared.resources) {
    const { file, entry } = resource;
    const { system, identifier } = corpus.keyOf(resource);
    const name = `${resource.data.resourceType}\u0000${system}\u0000${identifier}`;
    if (seen.has(name)) {
      tally.leftOut += 1;
      tally.warnings.push({ file, entry, kind: 'duplicate', detail: quoted(identifier) });
      continue;
    }
    seen.add(name);
    tally.in += 1;
    if (isOf(resource, 'Organization')) {
      const unit = asUnit(found(corpus, resource));
      units.set(unit.id, unit);
    } else if (isOf(resource, 'Practitioner')) {
      const person = personOf(corpus, found(corpus, resource));
      people.set(person.id, person);
    }
  }
  await withTransaction(db, async (tx) => {
    await saveUnits(tx, [...units.values()]);
    await saveNewPeople(tx, [importAuthor, ...people.values()]);
  });
  return { people: people.size, units: units.size };
};

/** Which clients of the region have these personal identity codes; of two with one code, the older. */
const readKnownCodes = async (
  db: Database,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Id>> => {
  if (codes.length === 0) return new Map();
  const rows = await db.query<{ code: string; caseId: Id }>(
    `SELECT log.value ->> 'personalIdentityCode' AS code, log.case_id AS "caseId"
     FROM head JOIN change_log AS log
       ON log.case_id = head.case_id AND log.change_id = head.change_id
     WHERE head.kind = 'client' AND head.grp = 'identity'
       AND log.value ->> 'personalIdentityCode' = ANY($1::text[])
     ORDER BY head.seq DESC`,
    [codes],
  );
  return new Map(rows.map(({ code, caseId }) => [code, caseId]));
};
