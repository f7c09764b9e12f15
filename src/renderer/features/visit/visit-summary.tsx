import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { compartments, findCode } from '#shared/domain/codes.ts';
import { visitQuestionIdOf } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { TrendSign } from '#renderer/components/signs.tsx';
import { StatusSign } from '#renderer/components/status-sign.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { recordById, valueOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { titleOf, wholePlanTree, type Visit } from '../plan-model/index.ts';
import { useVisitWords } from './visit-line.tsx';
import { VisitReceipt } from './visit-receipt.tsx';

export type VisitSummaryProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly visit: Visit;
  readonly hasUnfinished: boolean;
  readonly onCorrect: () => void;
  readonly onNew: () => void;
};

const Told = ({ title, text }: { readonly title: string; readonly text: string }) =>
  text === '' ? undefined : (
    <section>
      <h3>{title}</h3>
      <p>
        <PlainText text={text} multiline />
      </p>
    </section>
  );

/** A visit as it was told, and where it is: on this computer, or in the region. */
export const VisitSummary = ({
  view,
  directory,
  visit,
  hasUnfinished,
  onCorrect,
  onNew,
}: VisitSummaryProps) => {
  const { t, i18n } = useTranslation(['visit', 'records', 'requests']);
  const language = languageOf(i18n.language);
  const words = useVisitWords();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const tree = wholePlanTree(view);
  const { record, report, written, correctedBy } = visit;
  const nameOf = (id: string): string => {
    const node = tree.byId.get(id);
    return node ? `${node.number} ${titleOf(node, language)}`.trim() : t('records:someRecord');
  };
  const question = recordById(view, visitQuestionIdOf(record.id));
  const asked = valueOf(question, 'request', 'question');
  return (
    <div className="page-body visit-read">
      <Card
        title={t('visit:visitOn', { moment: words.when(report.startedAt) })}
        note={[
          report.minutes === null ? '' : t('visit:lasted', { minutes: report.minutes }),
          findCode(compartments, record.compartment)?.[language] ?? record.compartment,
        ]
          .filter((word) => word !== '')
          .join(' · ')}
        more={
          <ProfessionName
            profession={written.profession}
            person={directory.nameOf(written.authorId) ?? t('records:someone')}
          />
        }
        footer={
          <div className="row row-wrap grow">
            {written.authorId === ownId && correctedBy === null && (
              <Button variant="flat" icon="edit" onPress={onCorrect}>
                {t('visit:correct')}
              </Button>
            )}
            <span className="row end">
              <TextLink href={clientHref(view.caseId, 'history', { recordId: record.id })}>
                {t('visit:history')}
              </TextLink>
              <Button variant="main" onPress={onNew}>
                {t(hasUnfinished ? 'visit:goOn' : 'visit:new')}
              </Button>
            </span>
          </div>
        }
      >
        <div className="stack visit-told">
          {written.authorId === ownId && (
            <VisitReceipt view={view} records={question ? [record, question] : [record]} />
          )}
          {report.corrects !== null && (
            <TextLink href={clientHref(view.caseId, 'visit', { recordId: report.corrects })}>
              {t('visit:corrects')}
            </TextLink>
          )}
          {correctedBy !== null && (
            <Banner
              tone="warn"
              shape="box"
              actions={
                <TextLink href={clientHref(view.caseId, 'visit', { recordId: correctedBy })}>
                  {t('visit:toCorrection')}
                </TextLink>
              }
            >
              {t('visit:corrected')}
            </Banner>
          )}
          {report.tasks.length > 0 && (
            <section>
              <h3>{t('records:field.visitTasks')}</h3>
              <ul className="list">
                {report.tasks.map(({ actionId, result, reason }) => (
                  <li key={actionId}>
                    <StatusSign of="action" status={result} />
                    <span className="grow">
                      <PlainText text={nameOf(actionId)} />
                      {reason !== '' && (
                        <span className="muted">
                          {' '}
                          – <PlainText text={reason} />
                        </span>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {report.goals.length > 0 && (
            <section>
              <h3>{t('records:field.visitGoals')}</h3>
              <ul className="list">
                {report.goals.map(({ goalId, trend }) => (
                  <li key={goalId}>
                    <TrendSign trend={trend} />
                    <span className="grow">
                      <PlainText text={nameOf(goalId)} />
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Told title={t('records:field.medicationSeen')} text={report.medication} />
          <Told title={t('records:field.otherSeen')} text={report.observation} />
          {asked !== null && (
            <section>
              <h3>{t('visit:question')}</h3>
              <p>
                <PlainText text={asked.text} multiline />{' '}
                <TextLink href={clientHref(view.caseId, 'plan', { recordId: asked.recordId })}>
                  {t('visit:toQuestion')}
                </TextLink>
              </p>
            </section>
          )}
        </div>
      </Card>
    </div>
  );
};
