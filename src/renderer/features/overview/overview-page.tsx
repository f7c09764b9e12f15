import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { ClientWords } from '#renderer/components/client-words.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { civilDateOf, formatShortDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { ChangedMark, ForkSign } from '#renderer/components/signs.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { latestVersion, valueOf, versionsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { elementStates, gapsOf, partGaps, planTree } from '../plan-model/index.ts';
import { BraidCard } from '../braid/index.ts';
import { SeenButton, UnseenList, unseenOf } from '../unseen/index.ts';
import { fewRows } from './few.ts';
import { NeedTable } from './need-table.tsx';
import { RiskCard } from './risk-card.tsx';
import { riskLines } from './risk-lines.ts';
import { GapsCard, NextCard, NotesCard } from './side-cards.tsx';
import './overview.css';

export type OverviewPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** To be read alone: what asks to write, to settle or to mark as seen is left out. */
  readonly isReadOnly?: boolean;
};

/** Each takes two lines beside the client's own words. */
const fewUnseen = 4;

/** The beginning of a text; all of it is read in the plan. */
const Text = ({ title, text }: { readonly title: string; readonly text: string }) =>
  text === '' ? undefined : (
    <section>
      <h3>{title}</h3>
      <p className="text-s overview-clamp overview-clamp-4" title={text}>
        <PlainText text={text} multiline />
      </p>
    </section>
  );

/** The situation in sixty seconds: what matters most, needs and goals, who, when, and what is missing. */
export const OverviewPage = ({ view, directory, isReadOnly = false }: OverviewPageProps) => {
  const { t } = useTranslation(['overview', 'records', 'unseen']);
  const today = useToday();
  const tree = useMemo(() => planTree(view), [view]);
  const gaps = useMemo(() => gapsOf(tree), [tree]);
  const parts = useMemo(
    () => partGaps(view, tree, elementStates(view, tree), today),
    [view, tree, today],
  );
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const unseen = useMemo(
    () => (isReadOnly ? [] : unseenOf(view, ownId)),
    [view, ownId, isReadOnly],
  );
  const risks = useMemo(() => riskLines(view), [view]);
  const { plan } = tree;
  const matters = valueOf(plan, 'plan', 'what-matters')?.text ?? '';
  const situation = valueOf(plan, 'plan', 'situation')?.text ?? '';
  const strengths = valueOf(plan, 'plan', 'strengths')?.text ?? '';
  const custodianId = valueOf(plan, 'plan', 'custodian')?.personId ?? null;
  const written = latestVersion(plan?.groups['what-matters']?.heads ?? []);
  const versions = plan ? versionsOf(plan) : 0;
  const planHref = clientHref(view.caseId, 'plan', {
    recordId: planIdOf(view.caseId),
    group: 'what-matters',
  });

  return (
    <div className="page-body overview">
      <Card
        title={t('matters')}
        {...(written
          ? {
              more: (
                <span className="muted text-xs">
                  {t('written', { date: formatShortDate(civilDateOf(written.time), today) })}
                </span>
              ),
            }
          : {})}
        className="overview-matters"
      >
        <div className="stack">
          {matters === '' ? (
            <EmptyState
              action={
                isReadOnly ? undefined : <TextLink href={planHref}>{t('writeMatters')}</TextLink>
              }
            >
              {t('noMatters')}
            </EmptyState>
          ) : (
            <div className="overview-clamp overview-clamp-4" title={matters}>
              <ClientWords text={matters} big />
            </div>
          )}
          {versions > 0 && (
            <p>
              <ForkSign versions={versions} />{' '}
              {!isReadOnly && <TextLink href={planHref}>{t('settle')}</TextLink>}
            </p>
          )}
          {custodianId !== null && (
            <p className="overview-custodian">
              <span className="muted text-xs">{t('custodian')}</span>
              <ProfessionName
                profession={directory.professionOf(custodianId)}
                person={directory.nameOf(custodianId) ?? t('records:someone')}
              />
            </p>
          )}
          {unseen.length > 0 ? (
            <section className="overview-unseen">
              <header className="row">
                <h3>
                  <ChangedMark /> {t('unseen:title')}
                </h3>
                <span className="end">
                  <SeenButton view={view} section={null} />
                </span>
              </header>
              <UnseenList view={view} directory={directory} unseen={unseen.slice(0, fewUnseen)} />
              {unseen.length > fewUnseen && (
                <TextLink href={clientHref(view.caseId, 'plan')}>
                  {t('moreChanged', { count: unseen.length - fewUnseen })}
                </TextLink>
              )}
            </section>
          ) : (
            <>
              <Text title={t('situation')} text={situation} />
              <Text title={t('strengths')} text={strengths} />
            </>
          )}
        </div>
      </Card>
      <NeedTable view={view} tree={tree} gaps={gaps} directory={directory} />
      <div className="overview-right">
        <NextCard
          view={view}
          tree={tree}
          few={risks.shown.length + (risks.hasRisk ? 0 : 2) > 2 ? fewRows - 1 : fewRows}
          isReadOnly={isReadOnly}
        />
        <RiskCard view={view} lines={risks} isReadOnly={isReadOnly} />
      </div>
      <div className="overview-bottom">
        {!isReadOnly && <GapsCard view={view} gaps={gaps} parts={parts} />}
        <BraidCard view={view} tree={tree} directory={directory} isReadOnly={isReadOnly} />
        <NotesCard view={view} directory={directory} isReadOnly={isReadOnly} />
      </div>
    </div>
  );
};
