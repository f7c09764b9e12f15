import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { isShared, type Corpus } from './corpus.ts';
import { placeOf, type ClientSource } from './gather-clients.ts';
import {
  addRecord,
  recordMisfits,
  type ClientMapping,
  type ImportedRecord,
} from './imported-record.ts';
import { conditionEnd, conditionStart, mapCarePlan } from './map-care-plan.ts';
import { mapClient } from './map-client.ts';
import { addGoal } from './map-goal.ts';
import { mapAllergies, mapCondition, mapMedication, tieConditionPeople } from './map-health.ts';
import { addMemberships, found, tieFound } from './map-people.ts';
import type { MapOptions } from './map-options.ts';
import { placedKey, type Placed } from './placed.ts';
import type { ImportProblem, ImportWarning, Place } from './problem.ts';
import type { ReadType } from './resources.ts';
import { finnishCodeOf, importedId } from './source-key.ts';
import { isOf, type SourceResource } from './source-resource.ts';
import { words } from './words.ts';

/** One client as the source has it now. */
export type ImportedClient = {
  readonly caseId: Id;
  readonly patient: Place;
  readonly records: readonly ImportedRecord[];
  readonly people: readonly Person[];
  readonly warnings: readonly ImportWarning[];
  /** Resources that hold something no plan can: they stay out, the others are in. */
  readonly problems: readonly ImportProblem[];
  /** Resources that went into the records. */
  readonly resources: number;
};

export const caseIdOf = (source: ClientSource, knownCodes: MapOptions['knownCodes']): Id => {
  const { code } = finnishCodeOf(source.patient.data.identifier);
  return (code === null ? undefined : knownCodes.get(code)) ?? importedId('client', source.key);
};

/**
 * Maps a client and everything told about him or her to records with one plan. Resources whose values
 * do not fit are left out and the rest is mapped without them; null, with the problems, when the
 * patient does not fit.
 */
export const mapSource = (
  source: ClientSource,
  corpus: Corpus,
  options: MapOptions,
): ImportedClient | { readonly problems: readonly ImportProblem[] } => {
  const problems: ImportProblem[] = [];
  let left = source.resources;
  // Each round takes at least one resource out, so the rounds end.
  for (;;) {
    const mapping = mapAll({ ...source, resources: left }, corpus, options);
    const misfits = recordMisfits(mapping.records);
    const blamed = new Map(misfits.map(({ problem }) => [placeName(problem), problem]));
    problems.push(...blamed.values());
    if (blamed.has(placeName(source.patient))) return { problems };
    if (misfits.length === 0) {
      return {
        caseId: mapping.caseId,
        patient: placeOf(source.patient),
        records: mapping.records,
        people: [...mapping.people.values()],
        warnings: mapping.warnings,
        problems,
        resources: left.length + 1,
      };
    }
    const fitting = left.filter((resource) => !blamed.has(placeName(resource)));
    if (fitting.length === left.length) return { problems };
    left = fitting;
  }
};

const placeName = ({ file, entry }: Place): string => `${file}\u0000${entry}`;

const mapAll = (source: ClientSource, corpus: Corpus, options: MapOptions): ClientMapping => {
  const kept = new Set<SourceResource>([source.patient, ...source.resources]);
  const mapping: ClientMapping = {
    caseId: caseIdOf(source, options.knownCodes),
    corpus: withinClient(corpus, kept),
    records: [],
    warnings: [],
    people: new Map(),
    ties: [],
  };
  mapClient(mapping, source, options);
  addTeam(mapping, options);

  const of = <T extends ReadType>(type: T): readonly SourceResource<T>[] =>
    source.resources.filter((resource) => isOf(resource, type));
  const placed: Placed = new Map();
  const addressed = new Set<string>();
  // What goes on stands before what has ended, the newest first.
  for (const plan of inOrder(of('CarePlan'), planAge, corpus)) {
    mapCarePlan(mapping, plan, placed, addressed);
  }
  mapMedication(mapping, source, inOrder(of('MedicationRequest'), medicineAge, corpus));
  mapAllergies(mapping, source, of('AllergyIntolerance'));
  for (const condition of inOrder(of('Condition'), conditionAge, corpus)) {
    tieConditionPeople(mapping, condition);
    if (!addressed.has(placedKey(corpus.keyOf(condition)))) mapCondition(mapping, condition);
  }
  mapOtherGoals(mapping, source, of('Goal'), placed);
  tieCompanions(mapping, source);
  addMemberships(mapping, options.today);
  return mapping;
};

/**
 * References stay within the client: what was left out, or is another's, is not found. Of several
 * copies of one resource the one that was kept is meant.
 */
const withinClient = (corpus: Corpus, kept: ReadonlySet<SourceResource>): Corpus => {
  const nameOf = (resource: SourceResource): string =>
    `${resource.data.resourceType} ${placedKey(corpus.keyOf(resource))}`;
  const byKey = new Map([...kept].map((one) => [nameOf(one), one]));
  return {
    ...corpus,
    resolve: (from, reference, ...types) => {
      const target = corpus.resolve(from, reference, ...types);
      if (!target?.source || isShared(target.source) || isOf(target.source, 'Patient'))
        return target;
      const own = byKey.get(nameOf(target.source));
      return own
        ? ({ ...target, data: own.data, source: own, place: own } as unknown as typeof target)
        : null;
    },
  };
};

const addTeam = (mapping: ClientMapping, { team, today }: MapOptions): void => {
  for (const [index, { id, profession, taskClass }] of team.entries()) {
    addRecord(
      mapping,
      'membership',
      { system: 'team', identifier: id },
      {},
      {
        place: { file: '', entry: '' },
        once: {
          grant: {
            personId: id,
            profession,
            taskClass,
            role: index === 0 ? 'custodian' : 'participant',
            validFrom: today,
            validTo: null,
            ground: words.teamGround,
          },
        },
      },
    );
  }
};

/** A goal that no care plan names stands under the need of its condition, or under a need of its own. */
const mapOtherGoals = (
  mapping: ClientMapping,
  source: ClientSource,
  goals: readonly SourceResource<'Goal'>[],
  placed: Placed,
): void => {
  const loose = goals.filter((goal) => !placed.has(placedKey(mapping.corpus.keyOf(goal))));
  const [first] = loose;
  if (!first) return;
  const key = { system: source.key.system, identifier: `${source.key.identifier}#goals` };
  const needId = addRecord(
    mapping,
    'need',
    key,
    {
      heading: { lifeArea: 'health', title: words.otherGoals },
      origin: { ...key, label: words.otherGoals },
    },
    {
      place: source.patient,
      list: 'needs',
      once: {
        status: { status: 'open', reason: '', date: null },
        'client-words': { text: '' },
        assessment: { text: '' },
      },
    },
  );
  for (const goal of loose) {
    const target = { data: goal.data, key: mapping.corpus.keyOf(goal), place: goal, source: goal };
    addGoal(mapping, goal, target, needId, placed, false);
  }
};

/** Practitioners who stand beside one patient alone, as in an extract of one person's file, had to do with him or her. */
const tieCompanions = (mapping: ClientMapping, { patient }: ClientSource): void => {
  const beside = mapping.corpus.inFile(patient.file);
  if (beside.filter((one) => isOf(one, 'Patient')).length > 1) return;
  const tied = new Set(mapping.ties.map(({ personId }) => personId));
  for (const one of beside) {
    if (!isOf(one, 'Practitioner')) continue;
    const practitioner = found(mapping.corpus, one);
    if (tied.has(importedId('person', practitioner.key))) continue;
    tieFound(mapping, practitioner, 'same-bundle', one, { start: undefined, end: null });
  }
};

type Age = { readonly open: boolean; readonly start: string };

const inOrder = <T extends ReadType>(
  resources: readonly SourceResource<T>[],
  ageOf: (resource: SourceResource<T>) => Age,
  corpus: Corpus,
): readonly SourceResource<T>[] =>
  resources.toSorted((a, b) => {
    const [one, other] = [ageOf(a), ageOf(b)];
    if (one.open !== other.open) return one.open ? -1 : 1;
    if (one.start !== other.start) return one.start > other.start ? -1 : 1;
    return placedKey(corpus.keyOf(a)) < placedKey(corpus.keyOf(b)) ? -1 : 1;
  });

const planAge = ({ data }: SourceResource<'CarePlan'>): Age => ({
  open: data.status === 'active' || data.status === 'on-hold' || data.status === 'draft',
  start: data.period?.start ?? data.created ?? '',
});

const medicineAge = ({ data }: SourceResource<'MedicationRequest'>): Age => ({
  open: data.status === 'active' || data.status === 'on-hold',
  start: data.authoredOn ?? '',
});

const conditionAge = ({ data }: SourceResource<'Condition'>): Age => ({
  open: conditionEnd(data) === undefined,
  start: conditionStart(data) ?? '',
});
