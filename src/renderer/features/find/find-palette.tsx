import {
  type KeyboardEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { useSearchClientsQuery, useSearchTextsQuery } from '#renderer/store/contract-api.ts';
import { clientHref, goTo, tabOfKind } from '#renderer/store/route.ts';
import { wholeCodeOf } from '../openings/index.ts';
import { excerptParts } from './excerpt.ts';
import './find.css';

const mostClients = 8;
const mostTexts = 30;
/** Texts are found by three letters and more. */
const shortestText = 3;

type Hit = {
  readonly id: string;
  readonly href: string;
  readonly part: 'clients' | 'texts';
  readonly title: string;
  readonly note: string;
  readonly excerpt: string;
};

const useHits = (query: string): { readonly hits: readonly Hit[]; readonly isDone: boolean } => {
  const { t } = useTranslation(['find', 'records']);
  const asked = query.trim();
  const clients = useSearchClientsQuery(
    asked === ''
      ? skipToken
      : { query: asked, sort: 'name', descending: false, offset: 0, limit: mostClients },
  );
  const texts = useSearchTextsQuery(
    asked.length < shortestText ? skipToken : { query: asked, limit: mostTexts },
  );
  return useMemo(() => {
    if (asked === '') return { hits: [], isDone: false };
    const clientHits: readonly Hit[] = (clients.data?.rows ?? []).map((row) => ({
      id: row.caseId,
      href: clientHref(row.caseId, 'overview', { from: 'search' }),
      part: 'clients',
      title: `${row.familyName} ${row.givenNames}`.trim(),
      note: [row.personalIdentityCode ?? '', row.unitName]
        .filter((each) => each !== '')
        .join(' · '),
      excerpt: '',
    }));
    const textHits: readonly Hit[] = (texts.data?.hits ?? []).map((hit) => ({
      id: `${hit.recordId}-${hit.group}`,
      href: clientHref(hit.caseId, tabOfKind(hit.kind), {
        recordId: hit.recordId,
        group: hit.kind === 'plan' ? hit.group : null,
        from: 'search',
      }),
      part: 'texts',
      title: hit.clientName,
      note: t([`records:group.${hit.kind}.${hit.group}`, `records:kind.${hit.kind}`]),
      excerpt: hit.excerpt,
    }));
    return {
      hits: [...clientHits, ...textHits],
      isDone: !clients.isFetching && !texts.isFetching,
    };
  }, [asked, clients, texts, t]);
};

const HitRow = ({ hit }: { readonly hit: Hit }) => (
  <>
    <Icon name={hit.part === 'clients' ? 'people' : 'search'} size={16} />
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
  </>
);

type FinderProps = {
  readonly onClose: () => void;
  /** Somebody whose whole personal identity code was typed is looked for in the region. */
  readonly onFindInRegion: (code: string) => void;
};

const Finder = ({ onClose, onFindInRegion }: FinderProps) => {
  const { t } = useTranslation('find');
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(query);
  const { hits, isDone } = useHits(asked);
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
      goTo(hit.href);
    },
    [onClose],
  );
  const code = hits.length === 0 ? wholeCodeOf(query) : null;
  const findInRegion = useCallback((): void => {
    if (code === null) return;
    onClose();
    onFindInRegion(code);
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
      if (isCurrent && current === undefined) findInRegion();
      else if (active > 0 || isCurrent) open(current);
      else firstAsked.current = query;
    }
  };

  return (
    <div className="find-body" onKeyDownCapture={onKeyDown}>
      <SearchField
        label={t('label')}
        hideLabel
        placeholder={t('hint')}
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
          ? t('start')
          : hits.length > 0
            ? t('count', { count: hits.length })
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

/** Clients by name, code or unit, and any word of the plans and notes; Enter opens the place. */
export const FindPalette = ({ isOpen, ...finder }: FinderProps & { readonly isOpen: boolean }) => {
  const { t } = useTranslation('find');
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={finder.onClose}>
      <Finder {...finder} />
    </Dialog>
  );
};
