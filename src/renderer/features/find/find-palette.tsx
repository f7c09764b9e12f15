import {
  type KeyboardEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { wholeCodeOf } from '../openings/index.ts';
import { excerptParts } from './excerpt.ts';
import { useHits, type Hit, type Sought } from './use-hits.ts';
import './find.css';

const HitRow = ({ hit }: { readonly hit: Hit }) => (
  <>
    <Icon name={hit.icon} size={16} />
    <span className="grow">
      <span className="row">
        <b className="cut">
          <PlainText text={hit.title} />
        </b>
        <span className="muted text-xs cut">{hit.note}</span>
      </span>
      {hit.excerpt !== '' && (
        <span className="find-excerpt">
          {excerptParts(hit.excerpt).map((part, index) =>
            part.isFound ? (
              <mark key={index}>
                <PlainText text={part.text} />
              </mark>
            ) : (
              <PlainText key={index} text={part.text} />
            ),
          )}
        </span>
      )}
    </span>
    {hit.keys !== '' && <Kbd keys={hit.keys} />}
  </>
);

type FinderProps = {
  readonly sought: Sought;
  readonly onClose: () => void;
  /** Somebody whose whole personal identity code was typed is looked for in the region. */
  readonly onFindInRegion?: (code: string) => void;
};

/** Which words tell what to type, and what stands in sight before it. */
const wordsFor = {
  anything: { label: 'label', hint: 'hint', start: 'start', atHand: 'startAtHand' },
  commands: { label: 'label', hint: 'hint', start: 'startShared', atHand: 'startShared' },
  client: { label: 'labelClient', hint: 'hintClient', start: 'start', atHand: 'startClient' },
} as const;

const Finder = ({ sought, onClose, onFindInRegion }: FinderProps) => {
  const { t } = useTranslation('find');
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(query);
  const { hits, isDone, isMore } = useHits(asked, sought);
  const words = wordsFor[sought.what];
  const isCurrent = isDone && asked === query;
  const current = hits[Math.min(active, hits.length - 1)];
  const idOf = (index: number): string => `${listId}-${index}`;

  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);

  const open = useCallback(
    (hit: Hit | undefined): void => {
      if (!hit) return;
      onClose();
      hit.open();
    },
    [onClose],
  );
  const code = hits.length === 0 && sought.what === 'anything' ? wholeCodeOf(query) : null;
  const findInRegion = useCallback((): void => {
    if (code === null) return;
    onClose();
    onFindInRegion?.(code);
  }, [code, onClose, onFindInRegion]);
  // Enter is pressed as soon as the word is typed; what stands in sight may still be the answer before.
  const firstAsked = useRef<string | null>(null);
  const openFirst = useCallback((): void => {
    if (firstAsked.current !== query || !isCurrent) return;
    firstAsked.current = null;
    if (hits.length === 0) findInRegion();
    else open(hits[0]);
  }, [query, isCurrent, hits, open, findInRegion]);
  useEffect(openFirst, [openFirst]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = hits.length - 1;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (step !== 0) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(last, active + step)));
    } else if (event.key === 'Enter') {
      // On the button, Enter presses it.
      if (event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      if (query.trim() !== '' && isCurrent && current === undefined) findInRegion();
      else if (active > 0 || isCurrent) open(current);
      else firstAsked.current = query;
    }
  };

  return (
    <div className="find-body" onKeyDownCapture={onKeyDown}>
      <SearchField
        label={t(words.label)}
        hideLabel
        placeholder={t(words.hint)}
        value={query}
        onChange={(text) => {
          setQuery(text);
          setActive(0);
        }}
        autoFocus
        {...(hits.length > 0
          ? {
              'aria-controls': listId,
              'aria-activedescendant': idOf(Math.min(active, hits.length - 1)),
            }
          : {})}
      />
      {hits.length > 0 && (
        <div
          id={listId}
          role="listbox"
          tabIndex={0}
          aria-label={t('results')}
          className="find-results"
        >
          {hits.map((hit, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys
            <div
              key={hit.id}
              id={idOf(index)}
              role="option"
              tabIndex={-1}
              aria-selected={hit === current}
              className={hit === current ? 'find-hit find-active' : 'find-hit'}
              onMouseMove={() => setActive(index)}
              onClick={() => open(hit)}
            >
              <HitRow hit={hit} />
            </div>
          ))}
        </div>
      )}
      <p className="muted text-s" role="status">
        {query.trim() === ''
          ? t(hits.length > 0 ? words.atHand : words.start)
          : hits.length > 0
            ? t(isMore ? 'firstOfMore' : 'count', { count: hits.length })
            : isDone
              ? t('nothing', { query: query.trim() })
              : t('searching')}
      </p>
      {code !== null && isDone && (
        <p>
          <Button icon="search" onPress={findInRegion}>
            {t('inRegion')}
          </Button>
        </p>
      )}
    </div>
  );
};

/**
 * Clients by name, code or unit, commands by name, and any word of the plans and notes; Enter opens the
 * place. Before anything is typed: clients who are pinned, and those opened last.
 */
export const FindPalette = ({
  isOpen,
  title,
  ...finder
}: FinderProps & { readonly isOpen: boolean; readonly title?: string }) => {
  const { t } = useTranslation('find');
  return (
    <Dialog title={title ?? t('title')} isOpen={isOpen} onClose={finder.onClose}>
      <Finder {...finder} />
    </Dialog>
  );
};
