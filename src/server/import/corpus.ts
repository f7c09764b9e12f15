import { assertNever } from '#shared/lib/assert-never.ts';
import type { Place } from './problem.ts';
import { placedKey } from './placed.ts';
import { keyOfResource, type Keyed, type SourceKey } from './source-key.ts';
import type { Identifier, ReadResource, ReadType, Reference, ResourceOf } from './resources.ts';
import { isOf, type SourceResource } from './source-resource.ts';

/** What a reference points to: a resource of the files, or one contained in the referring resource. */
export type Found<T extends ReadType = ReadType> = {
  readonly data: ResourceOf<T>;
  readonly key: Keyed;
  readonly place: Place;
  /** The resource of the files; null for a contained one. */
  readonly source: SourceResource<T> | null;
};

/** Resources that are read together, and how they refer to each other. */
export type Corpus = {
  /** The resources about people; those that all share are only referred to. */
  readonly resources: readonly SourceResource[];
  /** Everything in one file, the shared included. */
  readonly inFile: (file: string) => readonly SourceResource[];
  readonly rolesOf: (practitioner: SourceKey) => readonly SourceResource<'PractitionerRole'>[];
  readonly keyOf: (resource: SourceResource) => Keyed;
  /**
   * The resource that a reference of `from` means, if it is one of the types: contained (`#id`), by
   * full address (`urn:uuid:`, `https:`), by `Type/id`, or by identifier. Of several under one name
   * the one in the same file; when other files disagree, none.
   */
  readonly resolve: <T extends ReadType>(
    from: SourceResource,
    reference: Reference | undefined,
    ...types: readonly T[]
  ) => Found<T> | null;
};

/** What any client's resources may refer to: the source's people, units and medicines. */
export type Shared = {
  readonly resources: readonly SourceResource[];
  readonly byName: ReadonlyMap<string, readonly SourceResource[]>;
  readonly byFile: ReadonlyMap<string, readonly SourceResource[]>;
  readonly roles: Map<string, SourceResource<'PractitionerRole'>[]> | null;
};

export const isShared = ({ data }: SourceResource): boolean =>
  data.resourceType === 'Practitioner' ||
  data.resourceType === 'PractitionerRole' ||
  data.resourceType === 'Organization' ||
  data.resourceType === 'Medication';

const indexed = (
  resources: readonly SourceResource[],
): ReadonlyMap<string, readonly SourceResource[]> => {
  const byName = new Map<string, SourceResource[]>();
  for (const resource of resources) {
    for (const name of namesOf(resource)) {
      const named = byName.get(name);
      if (named) named.push(resource);
      else byName.set(name, [resource]);
    }
  }
  return byName;
};

/** Made once for a run: its size is the directory's, and every corpus looks into it. */
export const createShared = (resources: readonly SourceResource[], source: string): Shared => {
  const bare: Shared = {
    resources,
    byName: indexed(resources),
    byFile: Map.groupBy(resources, ({ file }) => file),
    roles: null,
  };
  const corpus = createCorpus([], bare, source);
  const roles = new Map<string, SourceResource<'PractitionerRole'>[]>();
  for (const role of resources) {
    if (!isOf(role, 'PractitionerRole')) continue;
    const who = corpus.resolve(role, role.data.practitioner, 'Practitioner');
    if (!who) continue;
    const name = placedKey(who.key);
    const known = roles.get(name);
    if (known) known.push(role);
    else roles.set(name, [role]);
  }
  return { ...bare, roles };
};

/** @param source names the source of what has neither identifier nor address */
export const createCorpus = (
  resources: readonly SourceResource[],
  shared: Shared,
  source: string,
): Corpus => {
  const byName = indexed(resources);
  const keys = new Map<SourceResource, Keyed>();
  const keyOf = (resource: SourceResource): Keyed => {
    const known = keys.get(resource);
    if (known) return known;
    const key = keyOfResource(resource.data, resource.fullUrl, resource.content, source);
    keys.set(resource, key);
    return key;
  };

  const named = (from: SourceResource, name: string, types: readonly string[]) => {
    const all = [...(byName.get(name) ?? []), ...(shared.byName.get(name) ?? [])].filter(
      ({ data }) => types.includes(data.resourceType),
    );
    const near = all.filter(({ file }) => file === from.file);
    const [first, ...others] = near.length > 0 ? near : all;
    if (!first) return null;
    return others.every((other) => sameKey(keyOf(other), keyOf(first))) ? first : null;
  };

  return {
    resources,
    inFile: (file) => [
      ...resources.filter((resource) => resource.file === file),
      ...(shared.byFile.get(file) ?? []),
    ],
    rolesOf: (practitioner) => shared.roles?.get(placedKey(practitioner)) ?? [],
    keyOf,
    resolve: <T extends ReadType>(
      from: SourceResource,
      reference: Reference | undefined,
      ...types: readonly T[]
    ): Found<T> | null => {
      const target = reference?.reference?.trim();
      if (target?.startsWith('#')) return containedIn(from, target.slice(1), types, keyOf);
      const names = [
        ...(target ? addressesOf(target) : []),
        ...(reference?.identifier ? identifierNames([reference.identifier]) : []),
      ];
      for (const name of names) {
        const found = named(from, name, types);
        if (found) {
          return {
            data: found.data as ResourceOf<T>,
            key: keyOf(found),
            place: found,
            source: found as SourceResource<T>,
          };
        }
      }
      return null;
    },
  };
};

const sameKey = (a: Keyed, b: Keyed): boolean =>
  a.system === b.system && a.identifier === b.identifier;

const containedIn = <T extends ReadType>(
  from: SourceResource,
  id: string,
  types: readonly T[],
  keyOf: (resource: SourceResource) => Keyed,
): Found<T> | null => {
  const data: ReadResource | undefined = from.contained.get(id);
  if (!data || !(types as readonly string[]).includes(data.resourceType)) return null;
  const owner = keyOf(from);
  return {
    data: data as ResourceOf<T>,
    key: { system: owner.system, identifier: `${owner.identifier}#${id}`, byIdOnly: false },
    place: from,
    source: null,
  };
};

/** What a reference may call a resource; also used to see which files belong together. */
export const namesOf = ({ data, fullUrl }: SourceResource): readonly string[] => [
  ...(fullUrl === null ? [] : addressesOf(fullUrl)),
  ...(data.id === undefined ? [] : [`${data.resourceType}/${data.id}`]),
  ...identifierNames(data.identifier),
];

/** An address as it stands and, for one of a server, the `Type/id` at its end; versions are dropped. */
const addressesOf = (address: string): readonly string[] => {
  const plain = address.replace(/\/_history\/[^/]*$/u, '');
  const relative = /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/u.exec(plain)?.[1];
  return relative === undefined || relative === plain ? [plain] : [plain, relative];
};

const identifierNames = (identifiers: readonly Identifier[]): readonly string[] =>
  identifiers.flatMap(({ system, value }) => (system && value ? [`${system}|${value}`] : []));

/** Who a resource is about: what its subject may be called. */
export const subjectOf = (resource: SourceResource): Reference | null => {
  const { data } = resource;
  switch (data.resourceType) {
    case 'CarePlan':
    case 'Goal':
    case 'Condition':
    case 'MedicationRequest':
      return data.subject;
    case 'CareTeam':
      return data.subject ?? {};
    case 'AllergyIntolerance':
      return data.patient;
    case 'Patient':
    case 'Medication':
    case 'Practitioner':
    case 'PractitionerRole':
    case 'Organization':
      return null;
    default:
      return assertNever(data);
  }
};

/** The names by which files are found to belong together: a patient's own, or those of a subject. */
export const patientNames = (resource: SourceResource): readonly string[] => {
  if (isOf(resource, 'Patient')) return namesOf(resource);
  const subject = subjectOf(resource);
  return [
    ...(subject?.reference ? addressesOf(subject.reference) : []),
    ...(subject?.identifier ? identifierNames([subject.identifier]) : []),
  ];
};
