import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Change } from '#shared/domain/change.ts';
import type { Database } from '#server/db/pool.ts';
import { createCorpus, createShared, isShared } from '#server/import/corpus.ts';
import { gatherClients, type Gathered } from '#server/import/gather-clients.ts';
import type { MapOptions } from '#server/import/map-options.ts';
import { mapSource, type ImportedClient } from '#server/import/map-source.ts';
import type { ImportProblem } from '#server/import/problem.ts';
import { runImport, type ImportOptions, type ImportSummary } from '#server/import/run-import.ts';
import { checkResource, type SourceResource } from '#server/import/source-resource.ts';

type Json = { readonly [name: string]: unknown };

export const importDay = '2026-11-02';

export const importInto = (
  db: Database,
  paths: readonly string[],
  more: Partial<ImportOptions> = {},
): Promise<ImportSummary> =>
  runImport({
    db,
    paths,
    source: 'koelähde',
    team: [],
    now: () => new Date(`${importDay}T10:00:00Z`),
    onProgress: () => undefined,
    until: new AbortController().signal,
    ...more,
  });

export type ImportFolder = {
  readonly folder: string;
  readonly write: (name: string, content: unknown) => Promise<string>;
  readonly remove: () => Promise<void>;
};

/** A folder of files to import; text and bytes are written as they are, anything else as JSON. */
export const importFolder = async (): Promise<ImportFolder> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'punos-import-'));
  return {
    folder,
    write: async (name, content) => {
      const file = path.join(folder, name);
      const raw = typeof content === 'string' || content instanceof Uint8Array;
      await writeFile(file, raw ? content : JSON.stringify(content));
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

export const bundleOf = (...resources: readonly Json[]): Json => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});

/** The changes of a region, in the order in which they were stored. */
export const storedChanges = async (db: Database): Promise<readonly Change[]> =>
  db.query<Change>(
    `SELECT change_id AS id, record_id AS "recordId", kind, case_id AS "caseId", compartment,
            grp AS "group", value, parents, author_id AS "authorId", profession,
            task_class AS "taskClass", hybrid_time AS time, schema
     FROM change_log ORDER BY seq`,
  );

export type MappedResources = Pick<Gathered, 'problems' | 'warnings'> & {
  readonly clients: readonly ImportedClient[];
};

/** Checks and maps resources as one file holds them, without a database. */
export const mapResources = (
  resources: readonly Json[],
  options: Partial<MapOptions> = {},
): MappedResources => {
  const problems: ImportProblem[] = [];
  const checked: SourceResource[] = [];
  for (const [index, resource] of resources.entries()) {
    const entry = `entry ${index + 1}`;
    const result = checkResource({ file: 'koe.json', entry, fullUrl: null, resource });
    if (!result.ok) problems.push(...result.error);
    else if (result.value) checked.push(result.value);
  }
  const shared = createShared(checked.filter(isShared), 'koelähde');
  const corpus = createCorpus(
    checked.filter((one) => !isShared(one)),
    shared,
    'koelähde',
  );
  const gathered = gatherClients(corpus);
  const clients: ImportedClient[] = [];
  const warnings = [...gathered.warnings];
  problems.push(...gathered.problems);
  for (const client of gathered.clients) {
    const mapped = mapSource(client, corpus, {
      today: importDay,
      team: [],
      knownCodes: new Map(),
      ...options,
    });
    problems.push(...mapped.problems);
    if (!('records' in mapped)) continue;
    clients.push(mapped);
    warnings.push(...mapped.warnings);
  }
  return { clients, problems, warnings };
};

const clinical = (of: string, code: string): Json => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${of}-clinical`, code }],
});

/** An invented person's file: every kind of resource that the import reads, referring to each other. */
export const sampleResources = (): readonly Json[] => [
  {
    resourceType: 'Patient',
    id: 'p1',
    meta: { security: [{ code: 'TURVAKIELTO' }] },
    extension: [
      {
        url: 'https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/municipality-code',
        valueCoding: { system: 'urn:oid:1.2.246.537.6.21.2003', code: '020', display: 'Akaa' },
      },
    ],
    identifier: [
      { system: 'urn:oid:1.2.246.21', value: '010190-900P' },
      { system: 'urn:koe:potilas', value: '17' },
    ],
    name: [
      { use: 'official', family: 'Koivu', given: ['Aino', 'Maria'] },
      { use: 'nickname', given: ['Aino'] },
    ],
    telecom: [{ system: 'phone', value: '040 000 0000' }],
    birthDate: '1990-01-01',
    address: [{ use: 'home', line: ['Rantatie 1'], postalCode: '37800', city: 'Akaa' }],
    contact: [{ name: { text: 'Eero Koivu' }, relationship: [{ text: 'puoliso' }] }],
    communication: [{ language: { coding: [{ code: 'sv-FI' }] } }],
    managingOrganization: { reference: 'Organization/o1' },
    generalPractitioner: [{ reference: 'Practitioner/h1' }],
  },
  {
    resourceType: 'Practitioner',
    id: 'h1',
    identifier: [{ system: 'urn:oid:1.2.246.537.25', value: '000018' }],
    name: [{ family: 'Hoitola', given: ['Liisa'] }],
    qualification: [{ code: { coding: [{ code: 'RN' }] } }],
  },
  {
    resourceType: 'Organization',
    id: 'o1',
    name: 'Akaan terveysasema',
    address: [{ city: 'Akaa' }],
  },
  {
    resourceType: 'CarePlan',
    id: 'c1',
    status: 'active',
    intent: 'plan',
    title: 'Kotikuntoutus',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '91251008' }] }],
    subject: { reference: 'Patient/p1' },
    period: { start: '2026-05' },
    author: { reference: 'Practitioner/h1' },
    addresses: [{ reference: 'Condition/s1' }, { reference: 'Condition/poissa', display: 'Kipu' }],
    goal: [{ reference: 'Goal/t1' }, { reference: '#t2' }],
    contained: [
      {
        resourceType: 'Goal',
        id: 't2',
        lifecycleStatus: 'planned',
        description: { text: 'Portaat ilman tukea' },
        subject: { reference: 'Patient/p1' },
      },
    ],
    activity: [
      {
        detail: {
          code: { text: 'Kävelyharjoittelu' },
          goal: [{ reference: 'Goal/t1' }],
          status: 'in-progress',
          scheduledTiming: { repeat: { frequency: 2, period: 1, periodUnit: 'wk' } },
          performer: [{ reference: 'Practitioner/h1' }],
        },
      },
      { detail: { code: { text: 'Hyppiminen' }, status: 'stopped', doNotPerform: true } },
    ],
  },
  {
    resourceType: 'Goal',
    id: 't1',
    lifecycleStatus: 'active',
    achievementStatus: { coding: [{ code: 'improving' }] },
    description: { text: 'Kauppaan kävellen' },
    subject: { reference: 'Patient/p1' },
    expressedBy: { reference: 'Patient/p1' },
    target: [{ dueDate: '2026-12-24' }],
    statusDate: '2026-06-01',
  },
  {
    resourceType: 'Condition',
    id: 's1',
    clinicalStatus: clinical('condition', 'active'),
    code: { text: 'Lonkkamurtuma' },
    subject: { reference: 'Patient/p1' },
    onsetDateTime: '2026-04-05',
  },
  {
    resourceType: 'Condition',
    id: 's2',
    clinicalStatus: clinical('condition', 'resolved'),
    code: { text: 'Flunssa' },
    subject: { reference: 'Patient/p1' },
    abatementDateTime: '2024-02-29',
  },
  {
    resourceType: 'MedicationRequest',
    id: 'l1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Parasetamoli 500 mg' },
    subject: { reference: 'Patient/p1' },
    authoredOn: '2026-04-10',
    requester: { reference: 'Practitioner/h1' },
    reasonReference: [{ reference: 'Condition/s1' }],
    dosageInstruction: [{ text: '1–2 tablettia', asNeededBoolean: true }],
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    clinicalStatus: clinical('allergyintolerance', 'active'),
    criticality: 'high',
    code: { text: 'Penisilliini' },
    patient: { reference: 'Patient/p1' },
  },
];
