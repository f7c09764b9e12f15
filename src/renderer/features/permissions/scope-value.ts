import type { CivilDate } from '#shared/domain/civil-date.ts';
import { registerOf } from '#shared/domain/codes.ts';
import type { PermissionKind } from '#shared/domain/records/permission.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { emptyValue } from '../editing/index.ts';

/** Where a new one begins: in force from today, until further notice. */
export const startScope = (kind: PermissionKind, today: CivilDate): JsonObject => ({
  ...emptyValue(kind, 'scope'),
  validFrom: today,
});

const partsOf = (value: JsonObject): readonly string[] => {
  const parts = value['compartments'];
  return Array.isArray(parts) ? parts.filter((part) => typeof part === 'string') : [];
};

/**
 * A scope without what no longer belongs to it: a prohibition names only what its level asks for, a
 * permission only parts of the register that its direction goes out of.
 */
export const tidyScope = (kind: PermissionKind, value: JsonObject): JsonObject => {
  if (kind === 'prohibition') {
    const { level } = value;
    return {
      ...value,
      register: level === 'register' ? (value['register'] ?? null) : null,
      compartments: level === 'service' ? [...partsOf(value)] : [],
      recordId: level === 'document' ? (value['recordId'] ?? null) : null,
    };
  }
  if (kind === 'permission') {
    const from = value['direction'] === 'health-to-social' ? 'patient' : 'social';
    return {
      ...value,
      compartments: partsOf(value).filter((part) => registerOf(part) === from),
    };
  }
  return value;
};
