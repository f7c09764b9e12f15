import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { summaryOf } from '#shared/domain/visits/report.ts';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { planTree, standingVisits, titleOf } from '../plan-model/index.ts';
import { VisitLine } from './visit-line.tsx';

/** The last visit with what was left undone and why, for those who were not there; nothing where there is none. */
export const LastVisit = ({
  view,
  directory,
}: {
  readonly view: ClientView;
  readonly directory: Directory;
}) => {
  const { t, i18n } = useTranslation(['visit', 'records']);
  const language = languageOf(i18n.language);
  const [visit] = useMemo(() => standingVisits(view), [view]);
  const tree = useMemo(() => planTree(view, { showRemoved: true }), [view]);
  if (visit === undefined) return undefined;
  const { notDone } = summaryOf(visit.report);
  const undone = notDone
    .map(({ actionId, reason }) => {
      const node = tree.byId.get(actionId);
      return `${node ? titleOf(node, language) : t('records:someRecord')}: ${reason}`;
    })
    .join(' · ');
  return (
    <section className="visit-last text-s" aria-label={t('visit:last')}>
      <b className="nowrap">{t('visit:last')}</b>
      <VisitLine view={view} directory={directory} visit={visit} />
      {undone !== '' && (
        <span className="visit-last-undone" title={undone}>
          <PlainText text={undone} />
        </span>
      )}
    </section>
  );
};
