import { formatDate, formatDateTime } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { PrintSheet } from '#renderer/components/print-sheet.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import {
  actionOf,
  groundOf,
  partsOf,
  registerOf,
  roleOf,
  type LogEntry,
  type LogWords,
} from './entry-words.ts';
import type { Period } from './period-fields.tsx';
import type { PrintLanguage } from './print-words.ts';

export type PrintedLog = {
  readonly language: PrintLanguage;
  readonly words: LogWords;
  readonly client: { readonly familyName: string; readonly givenNames: string };
  readonly period: Period;
  readonly entries: readonly LogEntry[];
  readonly printedMs: number;
};

/** The client's log as the client gets it (703/2023 11 §), in plain words. */
export const PrintedLogSheet = ({
  log,
  onPrinted,
}: {
  readonly log: PrintedLog;
  readonly onPrinted: () => void;
}) => {
  const { language, words: t, client, period, entries, printedMs } = log;
  const name = `${client.givenNames} ${client.familyName}`.trim();
  return (
    <PrintSheet language={language} onPrinted={onPrinted}>
      <h1>{t('useLog:print.title')}</h1>
      <p>
        <b>
          <PlainText text={name} />
        </b>
        , {formatDate(period.from)} – {formatDate(period.to)}
      </p>
      <p>{t('useLog:print.what')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('useLog:column.time')}</th>
            <th scope="col">{t('useLog:column.person')}</th>
            <th scope="col">{t('useLog:column.unit')}</th>
            <th scope="col">{t('useLog:column.what')}</th>
            <th scope="col">{t('useLog:column.register')}</th>
            <th scope="col">{t('useLog:column.ground')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const parts = partsOf(entry, language);
            const role = roleOf(t, entry);
            return (
              <tr key={entry.id}>
                <td>{formatDateTime(entry.atMs, language)}</td>
                <td>
                  <PlainText text={entry.personName || t('useLog:unknownPerson')} />,{' '}
                  {professionWord(entry.profession, language).toLocaleLowerCase(language)}
                  {role !== '' && ` (${role})`}
                </td>
                <td>
                  <PlainText text={entry.unitName} />
                </td>
                <td>
                  {actionOf(t, entry)}
                  {parts !== '' && `: ${parts}`}
                </td>
                <td>{registerOf(t, entry)}</td>
                <td>{groundOf(t, entry, language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p>{t('useLog:print.rights')}</p>
      <p>{t('useLog:print.made', { time: formatDateTime(printedMs, language) })}</p>
    </PrintSheet>
  );
};
