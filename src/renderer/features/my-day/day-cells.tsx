import type { TFunction } from 'i18next';
import type { WorkItem, WorkSort } from '#shared/contract/work-calls.ts';
import { ageOn, type CivilDate } from '#shared/domain/civil-date.ts';
import {
  standingOfRequest,
  type AnswerState,
  type Question,
} from '#shared/domain/requests/standing.ts';
import { formatMoment, formatWeekdayDate, type Language } from '#renderer/components/format.ts';
import { Icon, type IconName } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { TreeCell } from '#renderer/components/tree-grid.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { RequestSign } from '../requests/index.ts';
import { hrefOf } from './day-links.ts';
import { sectionOf, type DayGrouping, type DayRow } from './day-rows.ts';
import type { DayWords } from './use-day-words.ts';

export type DaySurroundings = {
  readonly t: TFunction;
  readonly language: Language;
  readonly today: CivilDate;
  readonly now: number;
  readonly words: DayWords;
  readonly directory: Directory;
  readonly grouping: DayGrouping;
};

const icons: Readonly<Record<WorkSort, IconName>> = {
  review: 'clock',
  conflict: 'fork',
  refused: 'alert',
  returned: 'alert',
  'set-aside': 'alert',
  request: 'inbox',
  'own-request': 'conversation',
  answer: 'conversation',
  'hand-over': 'flag',
  changed: 'sync',
};

const isLate = ({ due }: WorkItem, today: CivilDate): boolean => due !== null && due < today;

/** How it stands: sign, word and colour. */
const State = ({ item, around }: { readonly item: WorkItem; readonly around: DaySurroundings }) => {
  const { t, today } = around;
  switch (item.sort) {
    case 'conflict':
      return <ForkSign versions={item.count} />;
    case 'request':
    case 'own-request':
    case 'answer':
      return (
        <RequestSign
          standing={standingOfRequest(
            { kind: item.kind as Question['kind'], due: item.due },
            { state: item.state as AnswerState },
            today,
          )}
        />
      );
    case 'hand-over':
      return (
        <Tag tone="info" icon="clock">
          {t('day:state.unread')}
        </Tag>
      );
    case 'refused':
    case 'returned':
    case 'set-aside':
      return (
        <Tag tone="bad" icon="alert">
          {t(`day:state.${item.sort}`)}
        </Tag>
      );
    case 'review':
      return isLate(item, today) ? (
        <Tag tone="bad" icon="alert">
          {t('day:state.late')}
        </Tag>
      ) : undefined;
    default:
      return undefined;
  }
};

const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** `14 pv, ti 8.12.` for what is due, else when it came to be. */
const When = ({ item, around }: { readonly item: WorkItem; readonly around: DaySurroundings }) => {
  const { t, today, language, now } = around;
  if (item.due !== null) {
    const days = daysBetween(today, item.due);
    return (
      <span className={days < 0 ? 'day-late' : ''}>
        <b>{days < 0 ? t('day:over', { count: -days }) : t('day:left', { count: days })}</b>,{' '}
        {formatWeekdayDate(item.due, today, language)}
      </span>
    );
  }
  return item.time === null ? undefined : (
    <span className="muted">{formatMoment(item.time, now, language)}</span>
  );
};

const Client = ({
  item,
  around,
}: {
  readonly item: WorkItem;
  readonly around: DaySurroundings;
}) => {
  const { client } = item;
  // Under a client's heading the name says nothing more.
  if (around.grouping === 'client') {
    return <span className="muted cut">{around.t(`day:section.${sectionOf(item)}`)}</span>;
  }
  if (client === null) return <span className="muted">{around.t('day:noClient')}</span>;
  return (
    <span className="cut">
      <b>
        <PlainText text={around.words.client(item)} />
      </b>{' '}
      {client.birthDate !== null && (
        <span className="muted">
          {around.t('day:age', { years: ageOn(client.birthDate, around.today) })}
        </span>
      )}
    </span>
  );
};

const People = ({
  item,
  around,
}: {
  readonly item: WorkItem;
  readonly around: DaySurroundings;
}) => (
  <span className="day-people">
    {item.people.map(({ personId, profession }, index) => {
      const of = profession === '' ? around.directory.professionOf(personId) : profession;
      const name = around.words.people(item)[index] ?? '';
      const word = professionWord(of, around.language);
      const label = name === word ? word : `${word} ${name}`;
      return item.people.length === 1 ? (
        <span key={personId ?? profession} className="day-person" title={label}>
          <ProfessionMark profession={of} size="small" />
          <span className="cut">
            <PlainText text={name} />
          </span>
        </span>
      ) : (
        <ProfessionMark key={personId ?? profession} profession={of} size="small" label={label} />
      );
    })}
  </span>
);

/** The columns of a line, and of a heading. */
export const dayCells = (row: DayRow, around: DaySurroundings): readonly TreeCell[] => {
  const { t, words } = around;
  if ('heading' in row) {
    const { section, client, count } = row.heading;
    return [
      {
        column: 'client',
        isMain: true,
        span: 6,
        content: (
          <span>
            <b>
              {section === null ? (
                <PlainText text={client === null ? t('day:noClient') : words.client({ client })} />
              ) : (
                t(`day:section.${section}`)
              )}
            </b>{' '}
            <span className="muted">{count}</span>
          </span>
        ),
      },
    ];
  }
  const { item } = row;
  const what = words.what(item);
  return [
    {
      column: 'client',
      isMain: true,
      content: (
        <>
          <span className={`day-icon day-icon-${item.sort}`}>
            <Icon name={icons[item.sort]} size={15} />
          </span>
          <Client item={item} around={around} />
        </>
      ),
    },
    {
      column: 'what',
      content: (
        <span className="day-what" title={what}>
          <PlainText text={what} />
          {item.sort !== 'conflict' && item.place !== null && (
            <span className="muted day-place">
              {' '}
              · <PlainText text={words.place(item)} />
            </span>
          )}
        </span>
      ),
    },
    { column: 'people', content: <People item={item} around={around} /> },
    { column: 'state', content: <State item={item} around={around} /> },
    { column: 'when', content: <When item={item} around={around} /> },
    {
      column: 'open',
      content: (
        <a className="text-link" href={hrefOf(item)} tabIndex={-1}>
          {words.verb(item)}
        </a>
      ),
    },
  ];
};
