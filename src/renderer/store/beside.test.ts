import { expect, test } from 'vitest';
import {
  besideAsked,
  besideClosed,
  besideNotAsked,
  besideOf,
  besideOpened,
  besideSlice,
  besideTabOf,
  besideTurned,
  placeBeside,
  sideChosen,
  type BesideState,
} from './beside.ts';
import { clientHref, parseRoute } from './route.ts';
import { sessionChanged } from './session.ts';
import { screenShared } from './shared-screen.ts';

const own = '01900000-0000-7000-8000-000000000001';
const other = '01900000-0000-7000-8000-000000000002';
const record = '01900000-0000-7000-8000-000000000003';

type Action = Parameters<typeof besideSlice.reducer>[1];
const after = (...actions: readonly Action[]): BesideState =>
  actions.reduce<BesideState>(besideSlice.reducer, besideSlice.getInitialState());

const opened = besideOpened({ caseId: other, from: 'list' });
const session = (state: 'open' | 'locked') =>
  sessionChanged({ state, people: [], person: null, regionName: null });

test('whoever is chosen stands beside at the overview, and the choosing is over', () => {
  expect(after(besideAsked()).isChoosing).toBe(true);
  expect(after(besideAsked(), besideNotAsked())).toEqual(after());
  expect(after(besideAsked(), opened)).toEqual({
    isBarred: false,
    isChoosing: false,
    shown: { caseId: other, from: 'list', tab: 'overview', recordId: null },
    side: 'beside',
  });
});

test('nobody stands beside a list, and nobody beside themselves', () => {
  const state = after(opened);
  expect(besideOf(state, own)?.caseId).toBe(other);
  expect(besideOf(state, null)).toBeNull();
  expect(besideOf(state, other)).toBeNull();
  expect(besideOf(after(), own)).toBeNull();
});

test('a meeting on the screen takes the pane away, and nothing brings one while it lasts', () => {
  expect(after(opened, screenShared(true)).shown).toBeNull();
  const during = after(besideAsked(), screenShared(true), besideAsked(), opened);
  expect(during).toEqual(after(screenShared(true)));
  expect(besideOf({ ...after(opened), isBarred: true }, own)).toBeNull();
  expect(after(opened, screenShared(true), screenShared(false)).shown).toBeNull();
  expect(after(screenShared(true), screenShared(false), opened).shown?.caseId).toBe(other);
});

test('locking and closing leave nobody; news of an open desk change nothing', () => {
  expect(after(opened, session('locked'))).toEqual(after());
  expect(after(besideAsked(), session('locked'))).toEqual(after());
  expect(after(opened, besideClosed())).toEqual(after());
  expect(after(opened, session('open'))).toEqual(after(opened));
});

test('tabs turn and sides change only while somebody stands there', () => {
  expect(after(besideTurned({ tab: 'notes', recordId: record }))).toEqual(after());
  expect(after(sideChosen('beside'))).toEqual(after());
  expect(after(opened, besideTurned({ tab: 'plan', recordId: record })).shown).toMatchObject({
    caseId: other,
    tab: 'plan',
    recordId: record,
  });
  expect(after(opened, sideChosen('own')).side).toBe('own');
});

test('a link of the pane leads within it when it is of this client and to be read', () => {
  const place = (href: string) => placeBeside(parseRoute(href), other);
  expect(place(clientHref(other, 'plan', { recordId: record }))).toEqual({
    tab: 'plan',
    recordId: record,
  });
  expect(place(clientHref(own, 'plan'))).toBeNull();
  expect(place(clientHref(other, 'team'))).toBeNull();
  expect(place(clientHref(other, 'plan', { recordId: record, settle: 'statement' }))).toBeNull();
  expect(place('#/settings')).toBeNull();
  expect(besideTabOf('notes')).toBe('notes');
  expect(besideTabOf('permissions')).toBe('overview');
});
