import { createPublicKey, verify, type KeyObject } from 'node:crypto';

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
  const key = keyOf(publicKey);
  return (text, signature) =>
    verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
};

/**
 * As `deviceSignatureCheck`, in threads beside the one that answers requests: the signatures of a whole
 * batch take longer than anybody else should wait.
 */
export const deviceSignatureCheckAside = (
  publicKey: Uint8Array,
): ((text: string, signature: string) => Promise<boolean>) => {
  const key = keyOf(publicKey);
  return (text, signature) =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(signature, 'base64url');
      verify(null, Buffer.from(text, 'utf8'), key, bytes, (error, holds) => {
        if (error) reject(error);
        else resolve(holds);
      });
    });
};

const keyOf = (publicKey: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.concat([spkiPrefix, publicKey]),
    format: 'der',
    type: 'spki',
  });
