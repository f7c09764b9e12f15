import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visitTrends } from '#shared/domain/records/visit.ts';
import { trendsOf, type VisitTrend } from '#shared/domain/visits/report.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { ChoiceButtons } from '#renderer/components/choice-buttons.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatShortDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { TrendSign } from '#renderer/components/signs.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { titleOf } from '../plan-model/index.ts';
import { goalsIn, withEntry } from './open-visit.ts';
import type { VisitPartProps } from './tasks-card.tsx';
import { visitGoals, visitTasks, type VisitGoalRow } from './visit-plan.ts';

const icons = { better: 'trendBetter', same: 'trendSame', worse: 'trendWorse' } as const;

/** So many goals stand in sight at most; the rest when somebody asks. */
const fewGoals = 60;

const GoalRow = ({
  row: { node },
  trend,
  visits,
  onChange,
}: Pick<VisitPartProps, 'visits'> & {
  readonly row: VisitGoalRow;
  readonly trend: VisitTrend | null;
  readonly onChange: (trend: VisitTrend | null) => void;
}) => {
  const { t, i18n } = useTranslation(['visit', 'records']);
  const today = useToday();
  const title = titleOf(node, languageOf(i18n.language)) || t('records:untitled.goal');
  const [last] = trendsOf(
    visits.map(({ report }) => report),
    node.id,
  );
  return (
    <li className="visit-row">
      <div className="visit-row-words">
        <b className="visit-row-title">
          <PlainText text={`${node.number} ${title}`.trim()} />
        </b>
        <span className="muted text-s row">
          {last ? (
            <>
              {t('visit:lastTrend', {
                day: formatShortDate(last.startedAt.slice(0, 10), today),
              })}{' '}
              <TrendSign trend={last.trend} />
            </>
          ) : (
            t('visit:noTrend')
          )}
        </span>
      </div>
      <ChoiceButtons
        label={title}
        value={trend}
        onChange={onChange}
        choices={visitTrends.map((id) => ({
          id,
          label: t(`records:visitTrend.${id}`),
          icon: icons[id],
        }))}
      />
    </li>
  );
};

/** How each goal goes, as seen today: parempi, ennallaan, huonompi. */
export const GoalsCard = ({ view, directory, tree, visits, form, person }: VisitPartProps) => {
  const { t } = useTranslation('visit');
  const today = useToday();
  const [showsAll, setShowsAll] = useState(false);
  const goals = useMemo(() => {
    const visitor = {
      personId: person?.id ?? null,
      profession: person?.profession ?? '',
      professionOf: directory.professionOf,
    };
    return visitGoals(tree, visitTasks(tree, visitor, today));
  }, [tree, person, directory, today]);
  const told = goalsIn(form.value);
  const own = goals.filter(({ isOwn }) => isOwn);
  const first = own.length === 0 ? goals : own;
  const shown = showsAll ? goals : first.slice(0, fewGoals);
  return (
    <Card title={t('goals')} note={t('goalsNote')} className="visit-goals" flush>
      {goals.length === 0 ? (
        <EmptyState
          action={<TextLink href={clientHref(view.caseId, 'plan')}>{t('toPlan')}</TextLink>}
        >
          {t('noGoals')}
        </EmptyState>
      ) : (
        <ul className="visit-rows">
          {shown.map((row) => (
            <GoalRow
              key={row.node.id}
              row={row}
              visits={visits}
              trend={told.find(({ goalId }) => goalId === row.node.id)?.trend ?? null}
              onChange={(trend) =>
                form.set({
                  goals: withEntry(
                    told.map(({ goalId, trend: each }) => ({ goalId, trend: each })),
                    'goalId',
                    row.node.id,
                    trend === null ? null : { goalId: row.node.id, trend },
                  ),
                })
              }
            />
          ))}
        </ul>
      )}
      {shown.length < goals.length && (
        <p className="visit-more">
          <Button variant="flat" onPress={() => setShowsAll(true)}>
            {t('otherGoals', { count: goals.length - shown.length })}
          </Button>
        </p>
      )}
    </Card>
  );
};
