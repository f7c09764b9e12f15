import { createPublicKey, verify } from 'node:crypto';
import type { Id } from '#shared/domain/ids.ts';
import { leftText } from '#shared/protocol/left-text.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';

/**
 * Whether the region itself says that these scopes leave (SPEC B3). False without a key, without a
 * signature, and for whatever is no signature of this page for this device.
 *
 * @param regionKey raw Ed25519, base64url
 */
export const isSignedLeaving = (
  regionKey: string | null,
  deviceId: Id,
  page: Pick<PullResponse, 'cursor' | 'left' | 'leftSignature'>,
): boolean => {
  if (regionKey === null || page.leftSignature === undefined) return false;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: regionKey },
    format: 'jwk',
  });
  return verify(
    null,
    Buffer.from(leftText(deviceId, page), 'utf8'),
    key,
    Buffer.from(page.leftSignature, 'base64url'),
  );
};
