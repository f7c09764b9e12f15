import { describe, expect, test } from 'vitest';
import { findCode, lifeAreas } from './codes.ts';
import { planElements } from './plan-elements.ts';
import { asks, templateOf, trackTemplates } from './plan-tracks.ts';
import { planTracks } from './records/plan.ts';

describe('templates of the tracks', () => {
  test('each track has one that is in force', () => {
    for (const track of planTracks) {
      expect(templateOf(track, '2026-11-26')?.track).toBe(track);
    }
    expect(templateOf('families', '1999-01-01')).toBeUndefined();
    expect(templateOf('__proto__', '2026-11-26')).toBeUndefined();
    expect(templateOf(null, '2026-11-26')).toBeUndefined();
  });

  test('they ask for elements that exist, each once', () => {
    const ids = planElements.map(({ id }) => id);
    for (const { required, recommended } of trackTemplates) {
      const asked = [...required, ...recommended];
      expect(ids).toEqual(expect.arrayContaining(asked));
      expect(new Set(asked).size).toBe(asked.length);
    }
  });

  test('what each suggests lies in areas of life that exist, in three languages', () => {
    for (const { lifeAreas: areas, needs } of trackTemplates) {
      for (const area of [...areas, ...needs.map(({ lifeArea }) => lifeArea)]) {
        expect(findCode(lifeAreas, area), area).toBeDefined();
      }
      for (const { fi, sv, en } of needs) {
        expect([fi, sv, en].every((word) => word.trim() !== '')).toBe(true);
      }
    }
  });

  test('what one track asks for, another may not', () => {
    const older = templateOf('older-people', '2026-11-26');
    const working = templateOf('working-age', '2026-11-26');
    expect(asks(older, 'functioning')).toBe('required');
    expect(asks(working, 'functioning')).toBe('recommended');
    expect(asks(working, 'circumstances')).toBeNull();
    expect(asks(undefined, 'functioning')).toBeNull();
  });
});
