import { createPublicKey, verify } from 'node:crypto';

/** The fixed beginning of an Ed25519 key in SPKI form (RFC 8410); the raw key follows. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Checks one device's signatures of texts.
 *
 * @param publicKey raw Ed25519, 32 bytes, as the device was enrolled by it
 * @returns whether a base64url signature of the text, as UTF-8, is the device's
 */
export const deviceSignatureCheck = (
  publicKey: Uint8Array,
): ((text: string, signature: string) => boolean) => {
  const key = createPublicKey({
    key: Buffer.concat([spkiPrefix, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return (text, signature) =>
    verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
};
