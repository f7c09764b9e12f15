import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { SignText } from '../desk.ts';

/** A device's Ed25519 key pair: the private half lies in the encrypted case file and nowhere else. */
export type DeviceKey = {
  /** PKCS #8 DER in base64. */
  readonly privateKey: string;
  /** The raw 32 bytes, base64url: what the region knows the device by. */
  readonly publicKey: string;
};

export const newDeviceKey = (): DeviceKey => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  return { privateKey: text, publicKey: publicKeyOf(text) };
};

const keyObject = (privateKey: string) =>
  createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });

/** The raw key is the last 32 bytes of its SPKI form (RFC 8410). */
export const publicKeyOf = (privateKey: string): string =>
  createPublicKey(keyObject(privateKey))
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');

export const signerOf = (privateKey: string): SignText => {
  const key = keyObject(privateKey);
  return (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url');
};
