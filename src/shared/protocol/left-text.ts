import { z } from 'zod';
import type { Id } from '../domain/ids.ts';
import { canonicalJson } from '../lib/canonical-json.ts';

/** A region's public key: raw Ed25519, base64url. */
export const regionKeySchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/u);

type Leaving = { readonly caseId: Id; readonly compartment: string };

/**
 * What the region signs where scopes leave (SPEC B3): for one device and one page alone, so that the word
 * cannot be given to another device or with another page.
 */
export const leftText = (
  deviceId: Id,
  page: { readonly cursor: string; readonly left: readonly Leaving[] },
): string =>
  `punos-left:${canonicalJson({
    device: deviceId,
    cursor: page.cursor,
    left: page.left.map(({ caseId, compartment }) => [caseId, compartment]),
  })}`;
