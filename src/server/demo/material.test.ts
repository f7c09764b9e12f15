import { describe, expect, it } from 'vitest';
import { findCode, lifeAreas, professions } from '#shared/domain/codes.ts';
import { noteKinds } from '#shared/domain/records/note.ts';
import { actionKinds, voices } from '#shared/domain/records/plan.ts';
import { allative, genitive } from './inflection.ts';
import { themes, type NeedTheme, type PlanLanguage } from './material.ts';
import { createRandom } from './random.ts';
import { fill } from './template.ts';

const all = (Object.keys(themes) as PlanLanguage[]).flatMap((language) =>
  Object.values(themes[language]).flatMap((list) =>
    list.map((theme: NeedTheme) => ({ language, theme })),
  ),
);

describe('the plan material', () => {
  it('has at least thirty themes in Finnish and a share in Swedish', () => {
    const finnish = all.filter(({ language }) => language === 'fi');
    expect(finnish.length).toBeGreaterThanOrEqual(30);
    expect(all.length - finnish.length).toBeGreaterThanOrEqual(12);
  });

  it.each(all)('$language $theme.id is complete and uses known codes', ({ theme }) => {
    expect(findCode(lifeAreas, theme.lifeArea)).toBeDefined();
    expect(theme.words.length).toBeGreaterThanOrEqual(2);
    expect(theme.goals.length).toBeGreaterThanOrEqual(2);
    for (const goal of theme.goals) {
      expect(goal.actions.length).toBeGreaterThanOrEqual(2);
      expect(voices).toContain(goal.voice ?? 'joint');
      for (const action of goal.actions) {
        expect(actionKinds).toContain(action.kind);
        expect(findCode(professions, action.by)).toBeDefined();
        expect(action.often).not.toBe('');
      }
    }
    for (const note of theme.notes) {
      expect(noteKinds).toContain(note.kind);
      expect(findCode(professions, note.by)).toBeDefined();
    }
    expect(JSON.stringify(theme)).not.toContain('!');
  });

  it('fills alternatives and words, and leaves an unknown word to be seen', () => {
    const random = createRandom(1, 1);
    const text = fill('{name} käy [kerran|kahdesti], {nobody}.', { name: 'Aune' }, random);
    expect(text).toMatch(/^Aune käy (kerran|kahdesti), \{nobody\}\.$/u);
  });

  it.each([
    ['Pekka', 'Pekan', 'Pekalle'],
    ['Riitta', 'Riitan', 'Riitalle'],
    ['Sari', 'Sarin', 'Sarille'],
    ['Elias', 'Eliaksen', 'Eliakselle'],
    ['Eemil', 'Eemilin', 'Eemilille'],
  ])('inflects %s as %s and %s', (name, inGenitive, inAllative) => {
    expect([genitive(name), allative(name)]).toEqual([inGenitive, inAllative]);
  });
});
