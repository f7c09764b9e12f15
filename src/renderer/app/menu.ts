import type { Duty } from '#shared/domain/codes.ts';
import type { IconName } from '#renderer/components/icon.tsx';
import {
  absencesHref,
  administrationHref,
  clientsHref,
  dayHref,
  ownLogHref,
  privacyHref,
  reviewsHref,
  settingsHref,
  syncHref,
  type Route,
} from '#renderer/store/route.ts';

type MenuPage = Exclude<Route['page'], 'client'>;

export type MenuItem = {
  readonly id: MenuPage;
  readonly icon: IconName;
  readonly href: string;
  readonly count: number;
  readonly atFoot: boolean;
};

export type MenuFacts = {
  readonly duties: readonly Duty[];
  /** The page that is open. */
  readonly page: Route['page'];
  /** Lines of one's own day that ask for something. */
  readonly work: number;
  /** Others' work that this person decides about. */
  readonly reviews: number;
  /** What asks for a person in the sync centre. */
  readonly sync: number;
  /** The first tab of administration. */
  readonly administrationTab: string;
};

/** The pages that belong to a duty; everybody else is led to the clients. */
const dutiesOfPage: { readonly [page in Route['page']]?: readonly Duty[] } = {
  privacy: ['privacy-officer'],
  administration: ['administrator'],
};

export const mayVisit = (page: Route['page'], duties: readonly Duty[]): boolean => {
  const needed = dutiesOfPage[page];
  return needed === undefined || duties.some((duty) => needed.includes(duty));
};

/**
 * What this person has use for, in the order of the rail and of Ctrl 1–9. Reviews show while some wait, and
 * always for those whose duty brings them.
 */
export const menuItems = ({
  duties,
  page,
  work,
  reviews,
  sync,
  administrationTab,
}: MenuFacts): readonly MenuItem[] => {
  const item = (id: MenuPage, icon: IconName, href: string, count = 0): MenuItem => ({
    id,
    icon,
    href,
    count,
    atFoot: false,
  });
  const reviewsConcern = reviews > 0 || page === 'reviews' || duties.includes('unit-lead');
  return [
    item('day', 'day', dayHref, work),
    item('clients', 'people', clientsHref),
    ...(reviewsConcern ? [item('reviews', 'inbox', reviewsHref, reviews)] : []),
    item('absences', 'calendar', absencesHref),
    item('sync', 'sync', syncHref, sync),
    ...(mayVisit('privacy', duties) ? [item('privacy', 'flag', privacyHref)] : []),
    ...(mayVisit('administration', duties)
      ? [item('administration', 'table', administrationHref(administrationTab))]
      : []),
    { ...item('log', 'clock', ownLogHref), atFoot: true },
    { ...item('settings', 'gear', settingsHref), atFoot: true },
  ];
};
