import { describe, expect, it } from 'vitest';
import { changeSchema } from '#shared/domain/change.ts';
import { groupDefinition } from '#shared/domain/records/kinds.ts';
import { benchmarkChanges, recordBytes } from './benchmark-records.ts';

const options = { seed: 7, clients: 60, today: '2026-11-24' };

describe('records for benchmarks', () => {
  it.each([1, 40, 400])('come in exact numbers: %i per client', (recordsPerClient) => {
    for (const { caseId, changes } of benchmarkChanges({ ...options, recordsPerClient })) {
      expect(changes).toHaveLength(recordsPerClient);
      expect(new Set(changes.map(({ id }) => id)).size).toBe(recordsPerClient);
      for (const change of changes) {
        expect(change.caseId).toBe(caseId);
        expect(change.parents).toEqual([]);
        expect(changeSchema.safeParse(change).success).toBe(true);
        expect(
          groupDefinition(change.kind, change.group)?.schema.safeParse(change.value).success,
        ).toBe(true);
      }
    }
  });

  it('have the size that a plan has: about 265 bytes on average', () => {
    const changes = [...benchmarkChanges({ ...options, recordsPerClient: 40 })].flatMap(
      (part) => part.changes,
    );
    const average = changes.reduce((sum, change) => sum + recordBytes(change), 0) / changes.length;
    expect(average).toBeGreaterThan(230);
    expect(average).toBeLessThan(300);
  });
});
