import { hash, verify } from '@node-rs/argon2';

/** argon2id (RFC 9106) with the least cost OWASP names for it: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** So many at once; each takes 19 MiB and a core, and the others wait in a line of bounded length. */
const mostAtOnce = 2;
const longestLine = 400;

let running = 0;
const line: (() => void)[] = [];

/** More sign-ins at once than the line holds. */
export class TooManySignIns extends Error {}

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= mostAtOnce) {
    if (line.length >= longestLine) throw new TooManySignIns('the line is full');
    await new Promise<void>((resolve) => {
      line.push(resolve);
    });
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = line.shift();
    // The place passes straight to the next in line.
    if (next === undefined) running -= 1;
    else next();
  }
};

/** The same word typed on two keyboards may differ in bytes: both become normal form C (RFC 8265). */
const normal = (secret: string): string => secret.normalize('NFC');

export const hashSecret = (secret: string): Promise<string> => hash(normal(secret), cost);

let nobodysHash: Promise<string> | undefined;

/**
 * Whether the secret is the one of `secretHash`. Without an account (null) the same work is done
 * against a hash that nothing fits, so that time tells nothing about which logins exist.
 */
export const secretFits = async (secretHash: string | null, secret: string): Promise<boolean> => {
  nobodysHash ??= hash(crypto.getRandomValues(new Uint8Array(32)), cost);
  const against = secretHash ?? (await nobodysHash);
  const fits = await inTurn(() => verify(against, normal(secret)));
  return fits && secretHash !== null;
};
