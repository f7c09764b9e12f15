import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sentChangeSchema } from '#shared/domain/change.ts';
import { canonicalJson, type Json } from '#shared/lib/canonical-json.ts';
import { mergeVersion } from '#shared/sync/resolve.ts';
import { sentenceRuleVersion } from '#shared/sync/sentences.ts';
import { liveMessage } from './live.ts';
import { pullRequest, pullResponse } from './pull.ts';
import { pushRequest, pushResponse } from './push.ts';
import { errorResponse, signInRequest, signInResponse } from './session.ts';
import { limits, oldestServedVersion, protocolVersion } from './version.ts';

const messages = {
  errorResponse,
  liveMessage,
  pullRequest,
  pullResponse,
  pushRequest,
  pushResponse,
  sentChangeSchema,
  signInRequest,
  signInResponse,
};

/** One line per version of the wire, as in docs/protocol.md. */
const fingerprints: { readonly [version: number]: string } = {
  1: '9091072964be7879',
};

const fingerprint = (): string => {
  const shapes = Object.entries(messages).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json,
  ]);
  const wire = { shapes, limits, merge: mergeVersion, sentences: sentenceRuleVersion };
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(wire)))).slice(0, 16);
};

describe('the wire', () => {
  it('M9 does not change without a new version', () => {
    expect(fingerprint()).toBe(fingerprints[protocolVersion]);
  });

  it('still serves the oldest version that was promised', () => {
    expect(oldestServedVersion).toBe(1);
  });
});
