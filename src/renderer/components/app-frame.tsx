import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, Link as AriaLink } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { BrandMark } from './brand-mark.tsx';
import { IconButton } from './button.tsx';
import { languageOf } from './format.ts';
import { HalfWidth } from './half.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import { PlainText } from './plain-text.tsx';
import { ProfessionMark } from './profession-mark.tsx';
import { professionWord } from './professions.ts';
import { Tooltip } from './tooltip.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

export type RailItem = {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly href: string;
  /** How many wait there. Nought shows nothing. */
  readonly count?: number;
  /** At the rail's foot, as administration is. */
  readonly atFoot?: boolean;
};

export type FramePerson = {
  readonly name: string;
  readonly profession: string;
  readonly unit?: string;
};

export type AppFrameProps = {
  readonly person: FramePerson;
  readonly items: readonly RailItem[];
  /** The id of the item whose page is open. */
  readonly current: string;
  /** A SyncSign. */
  readonly sync: ReactNode;
  /** Lines under the top bar, the width of the window: offline, emergency access. */
  readonly banner?: ReactNode;
  readonly onFind: () => void;
  readonly onLock: () => void;
  readonly children: ReactNode;
  /** Where focus goes when a page opens. */
  readonly mainRef?: Ref<HTMLElement>;
  /** What is read beside the page, and which of the two is in sight. */
  readonly beside?: {
    readonly pane: ReactNode;
    readonly inSight: 'own' | 'beside' | 'both';
    /** Whose page it is, as the page's name among the landmarks. */
    readonly ownName: string;
    /** Chooses between the two where one is in sight. */
    readonly sideSwitch: ReactNode;
  };
};

const RailLink = ({
  item,
  isCurrent,
}: {
  readonly item: RailItem;
  readonly isCurrent: boolean;
}) => {
  const { t } = useTranslation('components');
  return (
    <AriaLink
      href={item.href}
      className="rail-item"
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon name={item.icon} size={20} />
      {item.label}
      {item.count !== undefined && item.count > 0 && (
        <span className="rail-count">
          {item.count > 99 ? '99+' : item.count}
          <VisuallyHidden> {t('frame.open', { count: item.count })}</VisuallyHidden>
        </span>
      )}
    </AriaLink>
  );
};

/** Top bar, rail, page. The keys (Ctrl K, Ctrl L, Ctrl 1–6) are the caller's to bind. */
export const AppFrame = ({
  person,
  items,
  current,
  sync,
  banner,
  onFind,
  onLock,
  children,
  mainRef,
  beside,
}: AppFrameProps) => {
  const { t, i18n } = useTranslation('components');
  const word = professionWord(person.profession, languageOf(i18n.language));
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t('frame.skip')}
      </a>
      <header className="top-bar">
        <div className="brand">
          <BrandMark />
          Punos
        </div>
        <AriaButton className="find" onPress={onFind} aria-keyshortcuts="Control+K">
          <Icon name="search" />
          <span className="find-words">{t('frame.find')}</span>
          <Kbd keys="Ctrl K" />
        </AriaButton>
        <div className="top-sync">{sync}</div>
        <div className="top-person">
          {/* The bar is dark in both themes, so the mark takes its dark tone in both. */}
          <span data-theme="dark">
            <ProfessionMark profession={person.profession} size="medium" />
          </span>
          <span className="top-person-words">
            <PlainText text={person.name} />
            <small>
              {word}
              {person.unit !== undefined && (
                <>
                  {' · '}
                  <PlainText text={person.unit} />
                </>
              )}
            </small>
          </span>
          <Tooltip text={`${t('frame.lock')} (Ctrl L)`}>
            <IconButton icon="lock" size={18} label={t('frame.lock')} onPress={onLock} />
          </Tooltip>
        </div>
      </header>
      <nav className="rail" aria-label={t('frame.menu')}>
        {items
          .filter((item) => item.atFoot !== true)
          .map((item) => (
            <RailLink key={item.id} item={item} isCurrent={item.id === current} />
          ))}
        <span className="rail-space" />
        {items
          .filter((item) => item.atFoot === true)
          .map((item) => (
            <RailLink key={item.id} item={item} isCurrent={item.id === current} />
          ))}
      </nav>
      <div className="frame-page">
        {banner}
        {beside && beside.inSight !== 'both' && beside.sideSwitch}
        <div className={beside?.inSight === 'both' ? 'frame-sides frame-both' : 'frame-sides'}>
          <HalfWidth isHalf={beside?.inSight === 'both'}>
            <main
              {...(beside?.inSight === 'beside' ? {} : { id: 'main' })}
              className="frame-main"
              tabIndex={-1}
              hidden={beside?.inSight === 'beside'}
              {...(beside ? { 'aria-label': beside.ownName } : {})}
              {...(mainRef ? { ref: mainRef } : {})}
            >
              {children}
            </main>
          </HalfWidth>
          {beside && beside.inSight !== 'own' && beside.pane}
        </div>
      </div>
    </div>
  );
};
