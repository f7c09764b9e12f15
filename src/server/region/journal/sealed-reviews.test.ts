import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealed-reviews.ts';

const key = randomBytes(32);
const text = 'Kävely on epävarmaa. 👩‍👩‍👧 <script>'.repeat(50);

describe('work sealed for the journal', () => {
  it('is read with its key and for its change only, and sealed otherwise each time', () => {
    const sealed = seal(key, 'one', text);
    expect(unseal(key, 'one', sealed)).toBe(text);
    expect(unseal(key, 'one', seal(key, 'one', ''))).toBe('');
    expect(unseal(key, 'other', sealed)).toBeNull();
    expect(unseal(randomBytes(32), 'one', sealed)).toBeNull();
    expect(seal(key, 'one', text)).not.toBe(sealed);
  });

  it('is refused when any byte of it was altered, or some are missing', () => {
    const bytes = Buffer.from(seal(key, 'one', 'Odottaa.'), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(unseal(key, 'one', altered.toString('base64url'))).toBeNull();
      expect(unseal(key, 'one', bytes.subarray(0, at).toString('base64url'))).toBeNull();
    }
  });
});
