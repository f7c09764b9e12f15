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
import { ForkSign } from '#renderer/components/signs.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { latestVersion, valueOf, versionsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { elementStates, gapsOf, partGaps, planTree } from '../plan-model/index.ts';
import { NeedTable } from './need-table.tsx';
import { GapsCard, NextCard, NotesCard, WhoDoesWhat } from './side-cards.tsx';
import { Scroll } from './scroll.tsx';
import './overview.css';

export type OverviewPageProps = { readonly view: ClientView; readonly directory: Directory };

/** The situation in sixty seconds: what matters most, needs and goals, who, when, and what is missing. */
export const OverviewPage = ({ view, directory }: OverviewPageProps) => {
  const { t } = useTranslation(['overview', 'records']);
  const today = useToday();
  const tree = useMemo(() => planTree(view), [view]);
  const gaps = useMemo(() => gapsOf(tree), [tree]);
  const parts = useMemo(
    () => partGaps(tree, elementStates(view, tree), today),
    [view, tree, today],
  );
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
        <Scroll label={t('matters')}>
          <div className="stack">
            {matters === '' ? (
              <EmptyState action={<TextLink href={planHref}>{t('writeMatters')}</TextLink>}>
                {t('noMatters')}
              </EmptyState>
            ) : (
              <ClientWords text={matters} big />
            )}
            {versions > 0 && (
              <p>
                <ForkSign versions={versions} /> <TextLink href={planHref}>{t('settle')}</TextLink>
              </p>
            )}
            {custodianId !== null && (
              <p className="overview-custodian">
                <span className="muted text-xs">{t('custodian')}</span>
                <ProfessionName
                  profession={directory.professionOf(custodianId)}
                  person={directory.nameOf(custodianId) ?? t('records:someone')}
                  withProfession
                />
              </p>
            )}
            {situation !== '' && (
              <section>
                <h3>{t('situation')}</h3>
                <p className="text-s">
                  <PlainText text={situation} multiline />
                </p>
              </section>
            )}
            {strengths !== '' && (
              <section>
                <h3>{t('strengths')}</h3>
                <p className="text-s">
                  <PlainText text={strengths} multiline />
                </p>
              </section>
            )}
          </div>
        </Scroll>
      </Card>
      <NeedTable view={view} tree={tree} gaps={gaps} directory={directory} />
      <NextCard view={view} tree={tree} directory={directory} />
      <GapsCard view={view} gaps={gaps} parts={parts} />
      <NotesCard view={view} directory={directory} />
      <WhoDoesWhat view={view} tree={tree} directory={directory} />
    </div>
  );
};
