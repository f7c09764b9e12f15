import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDateTime, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { useReadUnusualQuery } from '#renderer/store/calls/log-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import type { WhoseLog } from './find-log-card.tsx';
import { LogLink } from './log-link.tsx';
import { LogScroll } from './log-scroll.tsx';
import type { Period } from './period-fields.tsx';

/** Patterns that ask for a question. None of them says that somebody did wrong. */
export const UnusualCard = ({
  period,
  onOpenLog,
}: {
  readonly period: Period;
  readonly onOpenLog: (whose: WhoseLog) => void;
}) => {
  const { t, i18n } = useTranslation('useLog');
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const directory = useDirectory();
  const { data, error } = useReadUnusualQuery(period);
  return (
    <Card title={t('unusual.title')} note={t('unusual.note')} flush>
      {error !== undefined && (
        <Banner tone="bad" shape="box">
          {words(problemOf(error))}
        </Banner>
      )}
      {data?.rows.length === 0 && <EmptyState>{t('unusual.none')}</EmptyState>}
      {data !== undefined && data.rows.length > 0 && (
        <LogScroll label={t('unusual.title')}>
          <thead>
            <tr>
              <th scope="col">{t('column.pattern')}</th>
              <th scope="col">{t('column.person')}</th>
              <th scope="col">{t('column.client')}</th>
              <th scope="col">{t('column.count')}</th>
              <th scope="col">{t('column.when')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={`${row.pattern} ${row.personId} ${row.caseId ?? ''} ${row.firstMs}`}>
                <td>
                  {t(`pattern.${row.pattern}`)}
                  <span className="muted use-log-second">{t(`patternHelp.${row.pattern}`)}</span>
                </td>
                <th scope="row">
                  <ProfessionName
                    profession={directory.professionOf(row.personId)}
                    person={directory.nameOf(row.personId) ?? t('unknownPerson')}
                    withProfession
                  />
                </th>
                <td>
                  {row.caseId === null ? (
                    '–'
                  ) : (
                    <LogLink
                      caseId={row.caseId}
                      clientName={row.clientName}
                      onOpenLog={onOpenLog}
                    />
                  )}
                </td>
                <td className="nowrap">{row.count}</td>
                <td className="nowrap">
                  {formatDateTime(row.firstMs, language)}
                  {row.lastMs !== row.firstMs && (
                    <span className="muted use-log-second">
                      {t('lastTime', { time: formatDateTime(row.lastMs, language) })}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </LogScroll>
      )}
    </Card>
  );
};
