import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { defaultArgon2, newDatabaseKey, unwrapKey, wrapKey, type Secrets } from './key-wrap.ts';
import { quickArgon2 } from '../testing/case-file-fixture.ts';

const mark = new Uint8Array(16).fill(1);
const keyChainSecret = new Uint8Array(32).fill(9);
const both: Secrets = { secret: 'kuura', keyChainSecret };

describe('the wrapped key', () => {
  test('opens with both parts, and with neither alone', async () => {
    const made = newDatabaseKey();
    const header = await wrapKey(made, mark, both, quickArgon2);
    expect(await unwrapKey(header, both)).toEqual({ ok: true, value: made.key });
    const wrong = { ok: false, error: { kind: 'wrong-secret' } };
    expect(await unwrapKey(header, { ...both, secret: '' })).toEqual(wrong);
    expect(await unwrapKey(header, { ...both, secret: 'kuurA' })).toEqual(wrong);
    const otherChain = new Uint8Array(32).fill(8);
    expect(await unwrapKey(header, { ...both, keyChainSecret: otherChain })).toEqual(wrong);
    expect(await unwrapKey(header, { ...both, keyChainSecret: new Uint8Array(0) })).toEqual(wrong);
    expect(await unwrapKey(header, { ...both, keyChainSecret: null })).toEqual({
      ok: false,
      error: { kind: 'key-chain-needed' },
    });
  });

  test('does not open when anything in the header was exchanged', async () => {
    const made = newDatabaseKey();
    const header = await wrapKey(made, mark, both, quickArgon2);
    const other = await wrapKey(newDatabaseKey(), new Uint8Array(16), both, {
      ...quickArgon2,
      passes: 2,
    });
    for (const member of [
      'fileUuid',
      'databaseMark',
      'argon2',
      'salt',
      'nonce',
      'wrappedKey',
    ] as const) {
      const exchanged = { ...header, [member]: other[member] };
      expect((await unwrapKey(exchanged, both)).ok, member).toBe(false);
    }
    expect((await unwrapKey({ ...header, keyChain: false }, both)).ok).toBe(false);
  });

  test('is another each time, and the secret is nowhere in it', async () => {
    const made = newDatabaseKey();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 8 }), async (secret) => {
        const secrets = { secret, keyChainSecret: null };
        const one = await wrapKey(made, mark, secrets, quickArgon2);
        const two = await wrapKey(made, mark, secrets, quickArgon2);
        expect(one.wrappedKey).not.toBe(two.wrappedKey);
        expect(JSON.stringify(one)).not.toContain(Buffer.from(made.key).toString('base64'));
        expect(await unwrapKey(two, secrets)).toEqual({ ok: true, value: made.key });
      }),
      { numRuns: 30 },
    );
  });

  test('costs at least what OWASP asks of argon2id', () => {
    expect(defaultArgon2.memoryKiB).toBeGreaterThanOrEqual(47_104);
    expect(defaultArgon2.passes).toBeGreaterThanOrEqual(1);
  });
});
