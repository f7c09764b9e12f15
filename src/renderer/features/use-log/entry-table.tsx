import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDateTime, formatNumber, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useDirectory } from '#renderer/store/people.ts';
import {
  actionOf,
  arrivalOf,
  groundOf,
  partsOf,
  registerOf,
  roleOf,
  seenAtMeeting,
  type LogEntry,
} from './entry-words.ts';
import { LogScroll } from './log-scroll.tsx';

/** So many rows are drawn at a time. */
const step = 200;

type EntryTableProps = {
  readonly entries: readonly LogEntry[];
  readonly label: string;
  /** Who did it stands in every row; left out of one's own log. */
  readonly withPerson: boolean;
};

/** Entries of the log, the newest first: who, what of the data, in which register, on what ground, when. */
export const EntryTable = ({ entries, label, withPerson }: EntryTableProps) => {
  const { t, i18n } = useTranslation('useLog');
  const language = languageOf(i18n.language);
  const [shown, setShown] = useState(step);
  if (entries.length === 0) return <EmptyState>{t('empty')}</EmptyState>;
  return (
    <>
      <LogScroll label={label}>
        <thead>
          <tr>
            <th scope="col">{t('column.time')}</th>
            {withPerson && <th scope="col">{t('column.person')}</th>}
            {withPerson && <th scope="col">{t('column.unit')}</th>}
            <th scope="col">{t('column.what')}</th>
            <th scope="col">{t('column.register')}</th>
            <th scope="col">{t('column.ground')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, shown).map((entry) => (
            <EntryRow key={entry.id} entry={entry} language={language} withPerson={withPerson} />
          ))}
        </tbody>
      </LogScroll>
      {entries.length > shown && (
        <p className="use-log-more">
          <Button onPress={() => setShown((known) => known + step)}>
            {t('showMore', { left: formatNumber(entries.length - shown, language) })}
          </Button>
        </p>
      )}
    </>
  );
};

type EntryRowProps = {
  readonly entry: LogEntry;
  readonly language: ReturnType<typeof languageOf>;
  readonly withPerson: boolean;
};

const EntryRow = ({ entry, language, withPerson }: EntryRowProps) => {
  const { t } = useTranslation('useLog');
  const parts = partsOf(entry, language);
  const arrival = arrivalOf(entry);
  const role = roleOf(t, entry);
  const seen = seenAtMeeting(t, entry, useDirectory().nameOf);
  return (
    <tr>
      <td className="nowrap">
        {formatDateTime(entry.atMs, language)}
        {arrival !== null && (
          <span className="muted use-log-second">
            {t(`arrival.${arrival}`, { time: formatDateTime(entry.receivedMs, language) })}
          </span>
        )}
      </td>
      {withPerson && (
        <th scope="row">
          <ProfessionName
            profession={entry.profession}
            person={entry.personName === '' ? t('unknownPerson') : entry.personName}
            withProfession
          />
        </th>
      )}
      {withPerson && (
        <td>
          <PlainText text={entry.unitName} />
        </td>
      )}
      <td>
        {actionOf(t, entry)} {entry.offline && <Tag tone="line">{t('offline')}</Tag>}
        {seen !== '' && (
          <span className="muted use-log-second">
            <PlainText text={seen} />
          </span>
        )}
        {parts !== '' && <span className="muted use-log-second">{parts}</span>}
        {entry.what.reason !== undefined && entry.what.reason !== '' && (
          <span className="muted use-log-second">
            <PlainText text={entry.what.reason} />
          </span>
        )}
      </td>
      <td>{registerOf(t, entry)}</td>
      <td>
        {groundOf(t, entry, language)}
        {role !== '' && <span className="muted use-log-second">{role}</span>}
      </td>
    </tr>
  );
};
