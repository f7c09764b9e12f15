import { expect, test } from 'vitest';
import { mayVisit, menuItems, type MenuFacts } from './menu.ts';

const quiet: MenuFacts = {
  duties: [],
  page: 'clients',
  work: 0,
  reviews: 0,
  sync: 0,
  administrationTab: 'people',
};
const idsOf = (facts: Partial<MenuFacts>): string =>
  menuItems({ ...quiet, ...facts })
    .map(({ id }) => id)
    .join(' ');

test('somebody without duties sees what everybody uses', () => {
  expect(idsOf({})).toBe('day clients absences sync log settings');
});

test('reviews show while some wait, while they are open, and for a unit lead', () => {
  expect(idsOf({ reviews: 2 })).toBe('day clients reviews absences sync log settings');
  expect(idsOf({ page: 'reviews' })).toContain('reviews');
  expect(idsOf({ duties: ['unit-lead'] })).toBe('day clients reviews absences sync log settings');
  expect(menuItems({ ...quiet, reviews: 2 })[2]).toMatchObject({ id: 'reviews', count: 2 });
});

test('each duty opens its own page and no other', () => {
  expect(idsOf({ duties: ['privacy-officer'] })).toBe(
    'day clients absences sync privacy log settings',
  );
  expect(idsOf({ duties: ['administrator'] })).toBe(
    'day clients absences sync administration log settings',
  );
  expect(mayVisit('privacy', ['administrator'])).toBe(false);
  expect(mayVisit('administration', ['privacy-officer'])).toBe(false);
  expect(mayVisit('sync', [])).toBe(true);
});

test('one’s own day stands first, with what waits there', () => {
  expect(menuItems({ ...quiet, work: 9 })[0]).toMatchObject({ id: 'day', count: 9 });
});
