import { expect, test } from 'vitest';
import { mayVisit, menuItems, type MenuFacts } from './menu.ts';

const quiet: MenuFacts = {
  duties: [],
  page: 'clients',
  reviews: 0,
  sync: 0,
  administrationTab: 'people',
};
const idsOf = (facts: Partial<MenuFacts>): string =>
  menuItems({ ...quiet, ...facts })
    .map(({ id }) => id)
    .join(' ');

test('somebody without duties sees what everybody uses', () => {
  expect(idsOf({})).toBe('clients absences sync log settings');
});

test('reviews show while some wait, while they are open, and for a unit lead', () => {
  expect(idsOf({ reviews: 2 })).toBe('clients reviews absences sync log settings');
  expect(idsOf({ page: 'reviews' })).toContain('reviews');
  expect(idsOf({ duties: ['unit-lead'] })).toBe('clients reviews absences sync log settings');
  expect(menuItems({ ...quiet, reviews: 2 })[1]).toMatchObject({ id: 'reviews', count: 2 });
});

test('each duty opens its own page and no other', () => {
  expect(idsOf({ duties: ['privacy-officer'] })).toBe('clients absences sync privacy log settings');
  expect(idsOf({ duties: ['administrator'] })).toBe(
    'clients absences sync administration log settings',
  );
  expect(mayVisit('privacy', ['administrator'])).toBe(false);
  expect(mayVisit('administration', ['privacy-officer'])).toBe(false);
  expect(mayVisit('sync', [])).toBe(true);
});
