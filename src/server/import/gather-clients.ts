import type { ImportProblem, ImportWarning, Place } from './problem.ts';
import { subjectOf, type Corpus } from './corpus.ts';
import { finnishCodeOf, type Keyed } from './source-key.ts';
import { isOf, type SourceResource } from './source-resource.ts';
import { currentName, nameParts } from './fhir-values.ts';

/** A person of the source and everything told about him or her. */
export type ClientSource = {
  readonly key: Keyed;
  readonly patient: SourceResource<'Patient'>;
  /** Resources other than the patient, one per key, the newest version of each. */
  readonly resources: readonly SourceResource[];
};

export type Gathered = {
  readonly clients: readonly ClientSource[];
  readonly problems: readonly ImportProblem[];
  readonly warnings: readonly ImportWarning[];
};

/**
 * Whose each resource is. One person told about in several files is one client: the same identifier
 * at the same source, or the same Finnish personal identity code.
 */
export const gatherClients = (corpus: Corpus): Gathered => {
  const problems: ImportProblem[] = [];
  const warnings: ImportWarning[] = [];
  const groups = joinPatients(corpus, problems);
  const groupOf = new Map(groups.flatMap((group) => group.patients.map((one) => [one, group])));

  for (const resource of corpus.resources) {
    const subject = subjectOf(resource);
    if (subject === null) continue;
    const patient = corpus.resolve(resource, subject, 'Patient')?.source;
    const group = patient ? groupOf.get(patient) : undefined;
    if (group) group.resources.push(resource);
    else {
      problems.push({
        ...placeOf(resource),
        path: `${resource.data.resourceType}.${isOf(resource, 'AllergyIntolerance') ? 'patient' : 'subject'}`,
        code: 'no-patient',
        reason: subject.reference
          ? 'is about a patient who is not among the files, or not one person'
          : 'does not say which patient it is about',
      });
    }
  }

  const clients = groups.map((group): ClientSource => {
    const [first] = group.patients;
    const patient = newest(corpus, group.patients, warnings)[0] ?? first;
    return {
      key: group.key,
      patient: patient as SourceResource<'Patient'>,
      resources: newest(corpus, group.resources, warnings),
    };
  });
  return { clients, problems, warnings };
};

type Group = {
  readonly key: Keyed;
  readonly patients: [SourceResource<'Patient'>, ...SourceResource<'Patient'>[]];
  readonly resources: SourceResource[];
};

const joinPatients = (corpus: Corpus, problems: ImportProblem[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  const byCode = new Map<string, Group>();
  for (const patient of corpus.resources) {
    if (!isOf(patient, 'Patient')) continue;
    if (patient.data.extension.some(({ url }) => url.endsWith('/patient-animal'))) {
      problems.push({
        ...placeOf(patient),
        path: 'Patient.extension',
        code: 'not-a-person',
        reason: 'is an animal',
      });
      continue;
    }
    const key = corpus.keyOf(patient);
    const name = `${key.system}\u0000${key.identifier}`;
    const { code } = finnishCodeOf(patient.data.identifier);
    const group = groups.get(name) ?? (code === null ? undefined : byCode.get(code));
    if (group && key.byIdOnly && !samePerson(group.patients[0], patient)) {
      problems.push({
        ...placeOf(patient),
        path: 'Patient.id',
        code: 'same-id',
        reason: `has the id of another person in ${group.patients[0].file} and no identifier of its own`,
      });
      continue;
    }
    if (group) group.patients.push(patient);
    const own: Group = group ?? { key, patients: [patient], resources: [] };
    groups.set(name, own);
    if (code !== null) byCode.set(code, own);
  }
  return [...new Set(groups.values())];
};

const samePerson = (a: SourceResource<'Patient'>, b: SourceResource<'Patient'>): boolean => {
  const codes = [finnishCodeOf(a.data.identifier).code, finnishCodeOf(b.data.identifier).code];
  if (codes[0] !== null && codes[0] === codes[1]) return true;
  const [one, other] = [nameParts(currentName(a.data.name)), nameParts(currentName(b.data.name))];
  return (
    a.data.birthDate === b.data.birthDate &&
    one.given === other.given &&
    one.family === other.family
  );
};

export const placeOf = ({ file, entry }: Place): Place => ({ file, entry });

/** One resource per key: repeated ones are told, of differing versions the one last updated stays. */
const newest = (
  corpus: Corpus,
  resources: readonly SourceResource[],
  warnings: ImportWarning[],
): readonly SourceResource[] => {
  const kept = new Map<string, SourceResource>();
  for (const resource of resources) {
    const { system, identifier } = corpus.keyOf(resource);
    // Patients joined by their personal identity code are one, whatever their keys.
    const type = resource.data.resourceType;
    const name = type === 'Patient' ? type : `${type}\u0000${system}\u0000${identifier}`;
    const before = kept.get(name);
    if (!before) {
      kept.set(name, resource);
      continue;
    }
    const later = isLater(resource, before);
    if (later) kept.set(name, resource);
    const [stays, goes] = later ? [resource, before] : [before, resource];
    warnings.push({
      ...placeOf(goes),
      kind: goes.content === stays.content ? 'duplicate' : 'two-versions',
      detail: `the one in ${stays.file}, ${stays.entry} went in`,
    });
  }
  return [...kept.values()];
};

const isLater = (a: SourceResource, b: SourceResource): boolean => {
  const [one, other] = [a, b].map(({ data }) => Date.parse(data.meta.lastUpdated ?? ''));
  if (one === undefined || Number.isNaN(one)) return false;
  return other === undefined || Number.isNaN(other) || one > other;
};
