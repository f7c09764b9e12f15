import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sentChangeSchema } from '#shared/domain/change.ts';
import { canonicalJson, type Json } from '#shared/lib/canonical-json.ts';
import { mergeVersion } from '#shared/sync/resolve.ts';
import { sentenceRuleVersion } from '#shared/sync/sentences.ts';
import { liveMessage, liveSaying } from './live.ts';
import { onlineCalls } from './online/online-calls.ts';
import { pullRequest, pullResponse } from './pull.ts';
import { pushRequest, pushResponse } from './push.ts';
import {
  errorResponse,
  providerSignInRequest,
  refreshRequest,
  refreshResponse,
  rekeyRequest,
  signInRequest,
  signInResponse,
  signInWays,
} from './session.ts';
import { useLogRequest, useLogResponse } from './use-log.ts';
import { limits, oldestServedVersion, protocolVersion } from './version.ts';

const messages = {
  errorResponse,
  liveMessage,
  liveSaying,
  pullRequest,
  pullResponse,
  pushRequest,
  pushResponse,
  sentChangeSchema,
  signInRequest,
  signInResponse,
  signInWays,
  providerSignInRequest,
  refreshRequest,
  refreshResponse,
  rekeyRequest,
  useLogRequest,
  useLogResponse,
  ...Object.fromEntries(
    Object.entries(onlineCalls).flatMap(([name, { input, output }]): [string, z.ZodType][] => [
      [`${name} asked`, input],
      [`${name} answered`, output],
    ]),
  ),
};

/** One line per version of the wire, as in docs/protocol.md. */
const fingerprints: { readonly [version: number]: string } = {
  3: '88d7f8e282b60dea',
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
    expect(oldestServedVersion).toBe(2);
  });
});
