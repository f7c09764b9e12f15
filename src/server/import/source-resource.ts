import { canonicalJson, type Json } from '#shared/lib/canonical-json.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { quoted, type ImportProblem, type Place } from './problem.ts';
import { storableResource, type SourceEntry } from './read-files.ts';
import {
  isReadType,
  resourceSchemas,
  type ReadResource,
  type ReadType,
  type ResourceOf,
} from './resources.ts';
import { structureMisfits } from './structure.ts';

/** A checked resource with its place. */
export type SourceResource<T extends ReadType = ReadType> = Place & {
  readonly fullUrl: string | null;
  readonly data: ResourceOf<T>;
  /** The resources inside it that we read, by their id. */
  readonly contained: ReadonlyMap<string, ReadResource>;
  /** One text for one content: tells duplicates from versions. */
  readonly content: string;
};

export const isOf = <T extends ReadType>(
  resource: SourceResource,
  type: T,
): resource is SourceResource<T> => resource.data.resourceType === type;

/**
 * Checks an entry: what PostgreSQL can hold, the structure of its type, the codes that FHIR binds.
 * All misfits are told, each with its path. Null for a type that we do not read.
 */
export const checkResource = (
  entry: SourceEntry,
): Result<SourceResource | null, readonly ImportProblem[]> => {
  const { file, entry: at, fullUrl, resource } = entry;
  const problem = (code: ImportProblem['code'], path: string, reason: string): ImportProblem => ({
    file,
    entry: at,
    path: quoted(path),
    code,
    reason: quoted(reason),
  });
  const type = resource['resourceType'];
  if (!isReadType(type)) return ok(null);
  const storable = storableResource(resource);
  if (!storable.ok) return err([problem('text', '', storable.error)]);
  const misfits = structureMisfits(resource);
  if (misfits.length > 0) {
    return err(misfits.map(({ path, reason }) => problem('structure', path, reason)));
  }
  const data = readAs(type, resource, type);
  if (!data.ok) return err(data.error.map(({ path, reason }) => problem('code', path, reason)));

  const contained = new Map<string, ReadResource>();
  const parts = resource['contained'];
  for (const [index, part] of (Array.isArray(parts) ? (parts as unknown[]) : []).entries()) {
    const partType = (part as { readonly resourceType?: unknown }).resourceType;
    if (!isReadType(partType)) continue;
    const read = readAs(partType, part, `${type}.contained[${index}]`);
    if (!read.ok) return err(read.error.map(({ path, reason }) => problem('code', path, reason)));
    if (read.value.id !== undefined) contained.set(read.value.id, read.value);
  }
  return ok({
    file,
    entry: at,
    fullUrl,
    data: data.value,
    contained,
    content: canonicalJson(resource as Json),
  });
};

const readAs = (
  type: ReadType,
  resource: unknown,
  at: string,
): Result<ReadResource, readonly { readonly path: string; readonly reason: string }[]> => {
  const read = resourceSchemas[type].safeParse(resource);
  if (read.success) return ok(read.data);
  return err(
    read.error.issues.slice(0, 5).map((issue) => ({
      path: `${at}${issue.path
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
        .join('')}`,
      reason:
        issue.code === 'invalid_value'
          ? `is not one of the codes that FHIR allows here (${issue.values.join(', ')})`
          : issue.message,
    })),
  );
};
