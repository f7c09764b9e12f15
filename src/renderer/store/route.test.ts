import { expect, test } from 'vitest';
import { administrationHref, clientHref, parseRoute, tabOfKind } from './route.ts';

const caseId = '01900000-0000-7000-8000-000000000001';
const recordId = '01900000-0000-7000-8000-000000000002';

test('an address and back', () => {
  expect(parseRoute(clientHref(caseId, 'plan', { recordId, settle: 'client-words' }))).toEqual({
    page: 'client',
    caseId,
    tab: 'plan',
    recordId,
    settle: 'client-words',
    group: null,
    on: null,
    since: null,
    from: 'list',
  });
  expect(parseRoute(clientHref(caseId))).toMatchObject({ tab: 'overview', recordId: null });
});

test.each(['', '#', '#/', '#token=abc', '#/day'])(
  'what names no page leads to one’s own day: %s',
  (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'day' });
  },
);

test.each([
  '#/clients',
  '#/clients/../../etc',
  '#/clients/<img onerror=alert(1)>/plan',
  '#/nothing',
])('what is no address of ours leads to the list of clients: %s', (hash) => {
  expect(parseRoute(hash)).toEqual({ page: 'clients' });
});

test('every kind of record has its tab', () => {
  const kinds = [
    'client',
    'contact',
    'representative',
    'plan',
    'need',
    'goal',
    'action',
    'membership',
    'note',
    'joint-service',
    'guardian-prohibition',
  ];
  expect(kinds.map((kind) => tabOfKind(kind)).join(' ')).toBe(
    'details details team plan plan plan plan team notes permissions permissions',
  );
});

test('a bad part of a good address is left out', () => {
  expect(parseRoute(`#/clients/${caseId}/hups?record=1%27--&settle=%3Cb%3E`)).toEqual({
    page: 'client',
    caseId,
    tab: 'overview',
    recordId: null,
    settle: null,
    group: null,
    on: null,
    since: null,
    from: 'list',
  });
});

test('history names its record and group, or its day', () => {
  const versions = { recordId, group: 'client-words' };
  expect(parseRoute(clientHref(caseId, 'history', versions))).toMatchObject(versions);
  expect(parseRoute(clientHref(caseId, 'history', { on: '2026-11-02' }))).toMatchObject({
    tab: 'history',
    on: '2026-11-02',
  });
  expect(parseRoute(`#/clients/${caseId}/history?on=2026-02-31`)).toMatchObject({ on: null });
});

test('a client found by searching says so, and only so', () => {
  expect(parseRoute(clientHref(caseId, 'notes', { from: 'search' }))).toMatchObject({
    tab: 'notes',
    from: 'search',
  });
  expect(parseRoute(`#/clients/${caseId}/notes?from=elsewhere`)).toMatchObject({ from: 'list' });
});

test('administration names its tab, whatever the address brings', () => {
  expect(parseRoute(administrationHref('units'))).toEqual({
    page: 'administration',
    tab: 'units',
  });
  expect(parseRoute('#/administration')).toEqual({ page: 'administration', tab: null });
  expect(parseRoute('#/administration/%3Cb%3E')).toEqual({ page: 'administration', tab: null });
});

test.each(['reviews', 'absences', 'sync', 'log', 'privacy', 'settings'])('the page %s', (page) => {
  expect(parseRoute(`#/${page}`)).toEqual({ page });
});
