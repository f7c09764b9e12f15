import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
  type PersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import type { RecordKind } from '#shared/domain/records/kinds.ts';
import type { Identifier, ReadResource } from './resources.ts';

/** What names a thing at its source: stable from one export to the next. */
export type SourceKey = { readonly system: string; readonly identifier: string };

/** Suomalainen henkilötunnus (HL7 Finland, FiBasePatient). */
const finnishIdentityCode = 'urn:oid:1.2.246.21';

/** Identifier types that name a person outside the source: never an id of ours, nor shown (HL7 table 0203). */
const nationalTypes = new Set(['SS', 'DL', 'PPN', 'TAX', 'NI', 'SB', 'JHN', 'NNFIN', 'PN', 'CZ']);
const nationalSystem =
  /us-ssn|passport|1\.2\.246\.21$|2\.16\.840\.1\.113883\.(2\.4\.6\.3$|4\.1$|4\.3\.\d+$)/iu;

const isNational = ({ system, type }: Identifier): boolean =>
  nationalSystem.test(system ?? '') ||
  (type?.coding.some(({ code }) => code !== undefined && nationalTypes.has(code)) ?? false) ||
  (type?.coding.some(({ code }) => code?.startsWith('NN') === true && code.length === 5) ?? false);

/** The identifiers that a source gave the thing itself, the record number of a patient first. */
const ownIdentifiers = (identifiers: readonly Identifier[]): readonly SourceKey[] =>
  identifiers
    .filter((identifier) => !isNational(identifier) && identifier.use !== 'old')
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ system, value }) =>
      system?.trim() && value?.trim() ? [{ system: system.trim(), identifier: value.trim() }] : [],
    );

const rank = (identifier: Identifier): number => {
  if (identifier.type?.coding.some(({ code }) => code === 'MR')) return 0;
  return identifier.use === 'temp' || identifier.use === 'secondary' ? 2 : 1;
};

/** The server that a full URL names; null for `urn:` and other forms. */
const serverOf = (fullUrl: string | null, type: string): string | null => {
  const at = fullUrl?.lastIndexOf(`/${type}/`) ?? -1;
  return fullUrl !== null && at > 0 && /^https?:/iu.test(fullUrl) ? fullUrl.slice(0, at) : null;
};

export type Keyed = SourceKey & {
  /** Without an identifier of its own: only the id on its server, which another server may use too. */
  readonly byIdOnly: boolean;
};

/**
 * The key of a resource: its own identifier, else its id on the server that its address names, else
 * its address, else its content.
 * @param source names the source where the resource itself does not
 */
export const keyOfResource = (
  data: ReadResource,
  fullUrl: string | null,
  content: string,
  source: string,
): Keyed => {
  const [own] = ownIdentifiers(data.identifier);
  if (own) return { ...own, byIdOnly: false };
  if (data.id !== undefined) {
    const system = serverOf(fullUrl, data.resourceType) ?? data.meta.source ?? source;
    return { system, identifier: `${data.resourceType}/${data.id}`, byIdOnly: true };
  }
  if (fullUrl !== null) {
    return { system: 'urn:ietf:rfc:3986', identifier: fullUrl, byIdOnly: true };
  }
  const hash = bytesToHex(sha256(utf8ToBytes(content))).slice(0, 32);
  return { system: source, identifier: `${data.resourceType}:${hash}`, byIdOnly: true };
};

/** Keys are of the source, ids are ours: the same key gives the same id in every run. */
export const importedId = (what: string, key: SourceKey): Id =>
  derivedId('fhir-import', `${what}\u0000${key.system}\u0000${key.identifier}`);

/** A client's record: the same thing told about two clients is two records. */
export const importedRecordId = (caseId: Id, kind: RecordKind, key: SourceKey): Id =>
  importedId(`${caseId}\u0000${kind}`, key);

export type FinnishCode =
  | { readonly code: PersonalIdentityCode; readonly invalid: null }
  | { readonly code: null; readonly invalid: string }
  | { readonly code: null; readonly invalid: null };

/** The Finnish personal identity code among the identifiers, if it is valid; another country's is none. */
export const finnishCodeOf = (identifiers: readonly Identifier[]): FinnishCode => {
  const values = identifiers
    .filter(({ system, use }) => system === finnishIdentityCode && use !== 'old')
    .flatMap(({ value }) => (value?.trim() ? [tidyPersonalIdentityCode(value)] : []));
  const code = values.find((value) => personalIdentityCodeProblem(value) === null);
  if (code !== undefined) return { code, invalid: null };
  return { code: null, invalid: values[0] ?? null };
};
