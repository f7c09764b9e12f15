import { expect, test } from 'vitest';
import type { GrantPart } from '#shared/contract/views.ts';
import { endOf, groundKey, hasLeft, nextEnd, strongestPart } from './standing.ts';

const part = (own: Partial<GrantPart>): GrantPart => ({
  compartment: 'joint/plan',
  basis: 'relation',
  relation: 'team',
  role: 'participant',
  basisId: null,
  writes: true,
  manages: true,
  untilMs: null,
  ...own,
});

const ofParts = (...parts: GrantPart[]) => ({ access: { parts } });

test('why one sees the client: what stands by itself before what was opened', () => {
  const emergency = part({ relation: 'emergency', role: 'opening' });
  expect(groundKey(strongestPart([emergency, part({ role: 'custodian' })]))).toBe('custodian');
  expect(groundKey(strongestPart([emergency]))).toBe('emergency');
  expect(groundKey(strongestPart([part({ relation: 'absence', role: 'custodian' })]))).toBe(
    'absence',
  );
  expect(groundKey(strongestPart([]))).toBe('team');
  const reads = part({ role: 'consultant', writes: false, manages: false });
  expect(strongestPart([reads, part({})])?.role).toBe('participant');
});

test('a client closes when its last part does', () => {
  expect(endOf(ofParts(part({ untilMs: 10 }), part({ untilMs: 30 })))).toBe(30);
  expect(endOf(ofParts(part({ untilMs: 10 }), part({})))).toBeNull();
  expect(endOf(ofParts())).toBeNull();
  expect(nextEnd(ofParts(part({ untilMs: 10 }), part({ untilMs: 30 }), part({})))).toBe(10);
  expect(nextEnd(ofParts(part({})))).toBeNull();
});

test('trouble with the disk or the core is no end of a right', () => {
  expect(hasLeft('no-access')).toBe(true);
  expect(hasLeft('not-on-this-device')).toBe(true);
  expect(hasLeft('storage-busy')).toBe(false);
  expect(hasLeft('use-log-full')).toBe(false);
});
