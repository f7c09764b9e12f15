import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { HalfWidth } from '#renderer/components/half.tsx';
import { InsideLandmark } from '#renderer/components/region-role.tsx';
import { LinksWithin } from '#renderer/components/links-within.tsx';
import {
  besideClosed,
  besideTurned,
  placeBeside,
  type ClientBeside,
} from '#renderer/store/beside.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { goTo, parseRoute } from '#renderer/store/route.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { useDoor, type Door } from '../client-page/index.ts';
import { NotesRead } from '../notes/index.ts';
import { OverviewPage } from '../overview/index.ts';
import { PlanThen } from '../plan/index.ts';
import { clientFacts } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { BesideHead } from './beside-head.tsx';
import './beside.css';

export type BesidePaneProps = {
  readonly beside: ClientBeside;
  readonly isHalf: boolean;
  readonly paneRef: Ref<HTMLElement>;
  readonly onSwap: () => void;
};

/** A second client beside the one that is worked on: read, copied from, and never written. */
export const BesidePane = ({ beside, isHalf, paneRef, onSwap }: BesidePaneProps) => {
  const { t } = useTranslation('beside');
  const dispatch = useAppDispatch();
  const door = useDoor(beside.caseId, beside.from, false);
  const facts = door.state === 'open' ? clientFacts(door.view) : null;
  const follow = (href: string): void => {
    const place = placeBeside(parseRoute(href), beside.caseId);
    if (place === null) goTo(href);
    else dispatch(besideTurned(place));
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from anywhere in it
    <section
      ref={paneRef}
      // In sight alone it is the page.
      {...(isHalf ? { role: 'complementary' } : { id: 'main', role: 'main' })}
      className="beside"
      tabIndex={-1}
      aria-label={facts === null ? t('other') : t('readOnlyName', { name: facts.name })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) dispatch(besideClosed());
      }}
    >
      <LinksWithin follow={follow}>
        <HalfWidth isHalf={isHalf}>
          <BesideHead facts={facts} isAlone={!isHalf} tab={beside.tab} onSwap={onSwap} />
          <InsideLandmark>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys */}
            <div className="beside-body" role="group" aria-label={t('content')} tabIndex={0}>
              {door.state === 'open' ? (
                <Content view={door.view} beside={beside} />
              ) : (
                <Closed door={door} />
              )}
            </div>
          </InsideLandmark>
        </HalfWidth>
      </LinksWithin>
    </section>
  );
};

const Content = ({
  view,
  beside: { tab, recordId },
}: {
  readonly view: ClientView;
  readonly beside: ClientBeside;
}) => {
  const { t } = useTranslation(['beside', 'client']);
  const directory = useDirectory();
  return (
    <>
      {(view.unread.whole || view.unread.places.length > 0) && (
        <Banner tone="warn" shape="box" announce="polite">
          {t('beside:unread')}
        </Banner>
      )}
      {tab === 'overview' && <OverviewPage view={view} directory={directory} isReadOnly />}
      {tab === 'plan' && (
        <PlanThen
          key={recordId}
          view={view}
          directory={directory}
          emptyWords={t('beside:noRows')}
          showsRemoved={false}
          recordId={recordId}
        />
      )}
      {tab === 'notes' && <NotesRead view={view} directory={directory} recordId={recordId} />}
    </>
  );
};

/** Why nothing of the client is shown: in the words of the client's own page. */
const Closed = ({ door }: { readonly door: Exclude<Door, { readonly state: 'open' }> }) => {
  const { t } = useTranslation('client');
  const words = useProblemWords();
  switch (door.state) {
    case 'opening':
      return <p aria-busy="true">{t('opening')}</p>;
    case 'ended':
      return (
        <Banner tone="info" shape="box" announce="assertive" title={t('ended.title')}>
          {t(`ended.because.${door.why}`)}
        </Banner>
      );
    case 'failed':
      return (
        <Banner
          tone="warn"
          shape="box"
          announce="polite"
          title={t('failed')}
          actions={<Button onPress={door.again}>{t('again')}</Button>}
        >
          {words(problemOf(door.error))}
        </Banner>
      );
    default:
      return assertNever(door);
  }
};
