import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/lib/assert-never.ts';
import { formatMoment, type Instant, languageOf } from './format.ts';

/**
 * Where the work is, in two places shown as two. Nothing here says "connected": the state follows
 * from the age of the oldest unsent change and of the last complete fetch.
 */
export type SyncState =
  /** The region has stored everything; `at` is the last complete exchange. */
  | { readonly kind: 'region-has-all'; readonly at: Instant }
  /** Stored on this computer, on its way. */
  | { readonly kind: 'only-here'; readonly waiting: number }
  /** No network; work goes on until the lease ends. */
  | { readonly kind: 'offline'; readonly waiting: number; readonly until?: Instant }
  /** The region did not accept some changes; the texts are kept. */
  | { readonly kind: 'refused'; readonly count: number }
  /** The region does not answer as it should. */
  | { readonly kind: 'trouble'; readonly waiting: number };

const Laptop = () => (
  <>
    <path d="M2.5 4h10v7h-10z" fill="currentColor" />
    <path d="M1 13.8h13" />
  </>
);

const House = ({ isFull }: { readonly isFull: boolean }) => (
  <path d="M27 15V7.5L32 4l5 3.5V15z" {...(isFull ? { fill: 'currentColor' } : {})} />
);

/** Joined, dotted, cut, barred, uncertain. */
const Link = ({ kind }: { readonly kind: SyncState['kind'] }) => {
  switch (kind) {
    case 'region-has-all':
      return <path d="M17 9h6.5" />;
    case 'only-here':
      return <path d="M17 9h6.5" strokeDasharray="1.5 2.5" />;
    case 'offline':
      return <path d="M16.5 9h2M22.5 9h1.5M18.5 12.5l3.5-7" />;
    case 'refused':
      return <path d="M16.5 9h4.5M23 5.5v7" />;
    case 'trouble':
      return <path d="M20.2 4.5v5.5M20.2 13v.2" />;
    default:
      return assertNever(kind);
  }
};

/** Laptop, link, house: the drawing alone, for beside a word. */
export const SyncDrawing = ({ kind }: { readonly kind: SyncState['kind'] }) => (
  <svg
    className="sync-drawing"
    width="40"
    height="18"
    viewBox="0 0 40 18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinejoin="round"
    strokeLinecap="round"
    aria-hidden="true"
    focusable="false"
  >
    <Laptop />
    <Link kind={kind} />
    <House isFull={kind === 'region-has-all'} />
  </svg>
);

type Words = { readonly main: string; readonly rest: string };

/** The state in words, first what is safe, then what remains. */
export const useSyncWords = (state: SyncState, now: Instant): Words => {
  const { t, i18n } = useTranslation('components');
  const language = languageOf(i18n.language);
  const waiting = (count: number): string => (count === 0 ? '' : t('sync.waiting', { count }));
  switch (state.kind) {
    case 'region-has-all':
      return { main: t('sync.regionHasAll'), rest: formatMoment(state.at, now, language) };
    case 'only-here':
      return { main: t('sync.here'), rest: waiting(state.waiting) };
    case 'offline': {
      const until =
        state.until === undefined
          ? ''
          : t('sync.until', { moment: formatMoment(state.until, now, language) });
      return {
        main: t('sync.offline'),
        rest: [until, waiting(state.waiting)].filter(Boolean).join(' · '),
      };
    }
    case 'refused':
      return { main: t('sync.refused', { count: state.count }), rest: t('sync.refusedSafe') };
    case 'trouble':
      return {
        main: t('sync.trouble'),
        rest: [t('sync.here'), waiting(state.waiting)].filter(Boolean).join(' · '),
      };
    default:
      return assertNever(state);
  }
};

export type SyncSignProps = {
  readonly state: SyncState;
  readonly now: Instant;
  /** Opens the sync centre; without it the sign is only read. */
  readonly onPress?: () => void;
  /** `bar` on the dark top bar, `line` on the page. */
  readonly place?: 'bar' | 'line';
};

export const SyncSign = ({ state, now, onPress, place = 'bar' }: SyncSignProps) => {
  const { main, rest } = useSyncWords(state, now);
  const content = (
    <>
      <SyncDrawing kind={state.kind} />
      <span className="sync-words">
        {main}
        {rest !== '' && <small> {rest}</small>}
      </span>
    </>
  );
  const className = `sync-sign sync-${place} sync-${state.kind}`;
  return onPress === undefined ? (
    <span className={className}>{content}</span>
  ) : (
    <AriaButton className={className} onPress={onPress}>
      {content}
    </AriaButton>
  );
};
