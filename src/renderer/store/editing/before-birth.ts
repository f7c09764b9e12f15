import type { ClientView } from '#shared/contract/views.ts';
import { civilDateProblem, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { birthDateOf, personalIdentityCodeProblem } from '#shared/domain/personal-identity-code.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { clientsApi } from '../calls/clients-api.ts';
import { recordsOf, valueOf } from '../reading.ts';
import type { FieldProblems } from './value-problems.ts';

/** When the client was born: by the personal identity code, else as it was written; null where nobody knows. */
export const birthDateIn = (view: ClientView): CivilDate | null => {
  const identity = valueOf(recordsOf(view, 'client')[0], 'client', 'identity');
  const code = identity?.personalIdentityCode ?? null;
  return code !== null && personalIdentityCodeProblem(code) === null
    ? birthDateOf(code)
    : (identity?.birthDate ?? null);
};

type StateWithClients = Parameters<ReturnType<typeof clientsApi.endpoints.openClient.select>>[0];

/** The birth date of a client whose page is open, else null. */
export const birthDateOfOpen = (state: StateWithClients, caseId: Id): CivilDate | null => {
  const { data } = clientsApi.endpoints.openClient.select({ caseId, from: 'list' })(state);
  return data === undefined ? null : birthDateIn(data);
};

/** Kinds that tell of the client's own life: nothing of it is before the birth. */
const ofLife: ReadonlySet<string> = new Set([
  'plan',
  'need',
  'goal',
  'action',
  'rating',
  'dissenting-view',
  'plan-meeting',
  'diagnosis',
  'medication',
  'risk',
  'health-risk',
  'social-risk',
]);

/** Days of a plan that are before the client's birth, by their fields. */
export const beforeBirth = (
  kind: string,
  value: JsonObject,
  birthDate: CivilDate | null,
): FieldProblems => {
  if (birthDate === null || !ofLife.has(kind)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, content]) =>
      typeof content === 'string' && civilDateProblem(content) === null && content < birthDate
        ? [[field, 'before-birth'] as const]
        : [],
    ),
  );
};
