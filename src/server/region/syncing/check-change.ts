import {
  sentChangeSchema,
  signedText,
  type Change,
  type SentChange,
} from '#shared/domain/change.ts';
import { compartmentId } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup, groupDefinition, kindDefinition } from '#shared/domain/records/kinds.ts';
import type { RefusalCode } from '#shared/protocol/push.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { existenceSchema } from '#shared/sync/existence.ts';
import { thisProgram } from '#shared/sync/versions.ts';
import { deviceSignatureCheckAside } from '../identity/device-signature.ts';
import { isStorable } from './storable.ts';

/** Who sends: the person of the session, and the device by whose key changes are signed. */
export type Sender = {
  readonly personId: Id;
  readonly deviceId: Id;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
};

/** Checks signatures of changes by one device's key. */
export const signatureCheck = (publicKey: Uint8Array): ((sent: SentChange) => Promise<boolean>) => {
  const holds = deviceSignatureCheckAside(publicKey);
  return ({ change, signature }) => holds(signedText(change), signature);
};

/**
 * What can be said of a change by itself: its form, its author, its signature, and its value by the
 * group's schema (SPEC U5, U6). Rights and its place among the stored changes are checked after this.
 */
export const checkAlone = async (
  raw: unknown,
  sender: Sender,
  signatureHolds: (sent: SentChange) => Promise<boolean>,
): Promise<Result<SentChange, RefusalCode>> => {
  const sent = sentChangeSchema.safeParse(raw);
  if (!sent.success || !compartmentId.safeParse(sent.data.change.compartment).success) {
    return err('bad-change');
  }
  const { change } = sent.data;
  // The value is judged after rights; the rest stands in columns of its own.
  if (!isStorable({ ...change, value: null })) return err('bad-change');
  if (change.authorId !== sender.personId) return err('not-the-author');
  if (!(await signatureHolds(sent.data))) return err('bad-signature');
  return ok(sent.data);
};

/** Whether the value is one that the group can hold; unknown fields pass untouched (SPEC G7). */
export const valueProblem = (change: Change): RefusalCode | null => {
  if (!kindDefinition(change.kind) || change.schema > thisProgram.schema) return 'unknown-kind';
  // Also in fields that only a newer program knows: the database could not hold them.
  if (!isStorable(change.value)) return 'bad-value';
  if (change.group === existenceGroup) {
    return existenceSchema.safeParse(change.value).success ? null : 'bad-value';
  }
  const definition = groupDefinition(change.kind, change.group);
  if (!definition) return 'unknown-kind';
  return definition.schema.safeParse(change.value).success ? null : 'bad-value';
};
