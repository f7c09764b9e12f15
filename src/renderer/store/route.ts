import { useSyncExternalStore } from 'react';
import { civilDateProblem, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';

export const clientTabs = [
  'overview',
  'plan',
  'team',
  'permissions',
  'notes',
  'details',
  'log',
  'history',
  'visit',
] as const;
/** Pages of a client that have no tab of their own. */
const pagesWithoutTab = ['print', 'meeting', 'family'] as const;
export type ClientTab = (typeof clientTabs)[number] | (typeof pagesWithoutTab)[number];

/** Whether the client was picked from a list or found by searching: the look is logged so. */
export type FoundBy = 'list' | 'search';

/** Where the window is. An address of its own for each page, so that Back works and a link can be given. */
export type Route =
  /** Oma päivä: where somebody begins. */
  | { readonly page: 'day' }
  | { readonly page: 'clients' }
  | {
      readonly page: 'client';
      readonly caseId: Id;
      readonly tab: ClientTab;
      readonly recordId: Id | null;
      /** The group whose versions are being settled; `existence` for an edit against a removal. */
      readonly settle: string | null;
      /** The group that is shown: of the plan's parts, or whose versions history tells. */
      readonly group: string | null;
      /** The day as of whose end the plan is shown, `YYYY-MM-DD`. */
      readonly on: CivilDate | null;
      /** The day from which on history is told. */
      readonly since: CivilDate | null;
      readonly from: FoundBy;
    }
  | { readonly page: 'reviews' }
  | { readonly page: 'absences' }
  | { readonly page: 'sync' }
  | { readonly page: 'log' }
  | { readonly page: 'privacy' }
  /** The tab's name as the address has it; null where it names none. */
  | { readonly page: 'administration'; readonly tab: string | null }
  | { readonly page: 'settings' };

const plainPages = ['day', 'reviews', 'absences', 'sync', 'log', 'privacy', 'settings'] as const;

const idShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const groupShape = /^[a-z-]{1,40}$/u;

const dayOf = (text: string | null): CivilDate | null =>
  text !== null && civilDateProblem(text) === null ? text : null;

const clean = (text: string | null, shape: RegExp): string | null =>
  text !== null && shape.test(text) ? text : null;

/**
 * Reads an address such as `#/clients/<id>/plan?record=<id>&settle=statement`. None leads to one's own day,
 * anything else to the list of clients.
 */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/u, '').split('?', 2);
  const [, page, caseId, tab] = path.split('/');
  if (page === undefined || page === '') return { page: 'day' };
  const plain = plainPages.find((each) => each === page);
  if (plain !== undefined) return { page: plain };
  if (page === 'administration') {
    return { page, tab: clean(caseId ?? null, /^[a-z-]{1,40}$/u) };
  }
  if (page !== 'clients' || caseId === undefined || !idShape.test(caseId))
    return { page: 'clients' };
  const parameters = new URLSearchParams(query);
  return {
    page: 'client',
    caseId,
    tab: [...clientTabs, ...pagesWithoutTab].find((each) => each === tab) ?? 'overview',
    recordId: clean(parameters.get('record'), idShape),
    settle: clean(parameters.get('settle'), groupShape),
    group: clean(parameters.get('group'), groupShape),
    on: dayOf(parameters.get('on')),
    since: dayOf(parameters.get('since')),
    from: parameters.get('from') === 'search' ? 'search' : 'list',
  };
};

/** The tab on which a record of some kind is read and written. */
export const tabOfKind = (kind: string): ClientTab => {
  if (isPermissionKind(kind)) return 'permissions';
  switch (kind) {
    case 'client':
    case 'contact':
      return 'details';
    case 'membership':
    case 'representative':
      return 'team';
    case 'note':
      return 'notes';
    case 'visit':
      return 'visit';
    default:
      return 'plan';
  }
};

export const dayHref = '#/day';
export const clientsHref = '#/clients';
export const reviewsHref = '#/reviews';
export const absencesHref = '#/absences';
export const syncHref = '#/sync';
export const ownLogHref = '#/log';
export const privacyHref = '#/privacy';
export const administrationHref = (tab: string): string => `#/administration/${tab}`;
export const settingsHref = '#/settings';

export const clientHref = (
  caseId: Id,
  tab: ClientTab = 'overview',
  place: {
    readonly recordId?: Id | null;
    readonly settle?: string | null;
    readonly group?: string | null;
    readonly on?: CivilDate | null;
    readonly since?: CivilDate | null;
    readonly from?: FoundBy;
  } = {},
): string => {
  const parameters = new URLSearchParams();
  if (place.recordId) parameters.set('record', place.recordId);
  if (place.settle) parameters.set('settle', place.settle);
  if (place.group) parameters.set('group', place.group);
  if (place.on) parameters.set('on', place.on);
  if (place.since) parameters.set('since', place.since);
  if (place.from === 'search') parameters.set('from', 'search');
  const query = parameters.toString();
  return `#/clients/${caseId}/${tab}${query === '' ? '' : `?${query}`}`;
};

/** Goes to an address; `replace` leaves no step behind for Back. */
export const goTo = (href: string, how: 'push' | 'replace' = 'push'): void => {
  if (how === 'push') {
    location.hash = href;
    return;
  }
  history.replaceState(null, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
};

const subscribe = (notify: () => void): (() => void) => {
  addEventListener('hashchange', notify);
  return () => removeEventListener('hashchange', notify);
};

let read: { readonly hash: string; readonly route: Route } | null = null;

const current = (): Route => {
  if (read?.hash !== location.hash)
    read = { hash: location.hash, route: parseRoute(location.hash) };
  return read.route;
};

export const useRoute = (): Route => useSyncExternalStore(subscribe, current);
