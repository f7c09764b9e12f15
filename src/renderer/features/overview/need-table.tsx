import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { ClientWords } from '#renderer/components/client-words.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatShortDate, languageOf } from '#renderer/components/format.ts';
import { GasSign } from '#renderer/components/gas-sign.tsx';
import { useIsHalf } from '#renderer/components/half.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { AchievementSign, ForkSign, GapSign, GapTag } from '#renderer/components/signs.tsx';
import { StatusSign } from '#renderer/components/status-sign.tsx';
import { slotsOf, StrandGutter } from '#renderer/components/strand-gutter.tsx';
import { useIsTouch } from '#renderer/components/use-touch.ts';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf, versionsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  planScore,
  ratingsByGoal,
  standingOfGoal,
  strandsOf,
  titleOf,
  type PlanGap,
  type PlanNode,
  type PlanTree,
  type Rating,
} from '../plan-model/index.ts';
import { ScoreWords } from '../goals/index.ts';
import { fewGoals, fewNeeds } from './few.ts';

export type NeedTableProps = {
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly gaps: readonly PlanGap[];
  readonly directory: Directory;
};

/** Needs in the client's words, goals with their state, trend and day; a fork where two versions wait. */
export const NeedTable = ({ view, tree, gaps, directory }: NeedTableProps) => {
  const { t, i18n } = useTranslation(['overview', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  // For a finger and in half a window, one column less.
  const isTouch = useIsTouch();
  const showsStatus = !useIsHalf() && !isTouch;
  const columnCount = showsStatus ? 5 : 4;
  const slots = useMemo(
    () =>
      slotsOf(
        tree.needs.flatMap((need) =>
          strandsOf(need, directory.professionOf).map((strand) => strand.profession),
        ),
      ),
    [tree, directory],
  );
  const goals = [...tree.needs.flatMap((need) => need.children), ...tree.adrift].filter(
    (node) => node.kind === 'goal',
  );
  const ratings = useMemo(() => ratingsByGoal(view), [view]);
  const score = useMemo(() => planScore(tree, ratings), [tree, ratings]);
  const few = fewNeeds(tree.needs);
  const shownGoals = few.needs.reduce((sum, each) => sum + each.goals.length, 0);
  const adrift = tree.adrift
    .filter((node) => node.kind === 'goal')
    .slice(0, Math.max(0, fewGoals - shownGoals));
  const href = (node: PlanNode): string => clientHref(view.caseId, 'plan', { recordId: node.id });

  return (
    <Card
      title={t('needs')}
      note={`${t('needCount', { count: tree.needs.length })}, ${t('goalCount', { count: goals.length })}`}
      more={
        <span className="row">
          {score !== null && <ScoreWords score={score} href={clientHref(view.caseId, 'plan')} />}
          {gaps.length > 0 && <GapTag count={gaps.length} />}
        </span>
      }
      className="overview-needs"
      flush
    >
      {tree.needs.length === 0 && tree.adrift.length === 0 ? (
        <EmptyState
          action={<TextLink href={clientHref(view.caseId, 'plan')}>{t('openPlan')}</TextLink>}
        >
          {t('noNeeds')}
        </EmptyState>
      ) : (
        <>
          <table className="overview-table">
            <thead>
              <tr>
                <th scope="col" style={{ width: `${slots.length * 14 + 12}px` }}>
                  <VisuallyHidden>{t('column.strands')}</VisuallyHidden>
                </th>
                <th scope="col">{t('column.goal')}</th>
                {showsStatus && (
                  <th scope="col" className="overview-status">
                    {t('column.status')}
                  </th>
                )}
                <th scope="col" className="overview-trend">
                  {t('column.trend')}
                </th>
                <th scope="col" className="overview-date">
                  {t('column.target')}
                </th>
              </tr>
            </thead>
            {[...few.needs, ...(adrift.length > 0 ? [{ need: null, goals: adrift }] : [])].map(
              ({ need, goals: below }) => (
                <tbody key={need?.id ?? 'adrift'}>
                  <tr className="overview-need">
                    <th scope="rowgroup" colSpan={columnCount}>
                      {need === null ? (
                        t('adrift')
                      ) : (
                        <>
                          <b>
                            <span className="overview-number">{need.number}</span>{' '}
                            <PlainText text={titleOf(need, language)} />
                          </b>{' '}
                          <Words node={need} />
                          {need.state === 'removed' && (
                            <span className="muted"> {t('needRemoved')}</span>
                          )}
                          {versionsOf(need.record) > 0 && (
                            <ForkSign versions={versionsOf(need.record)} />
                          )}
                        </>
                      )}
                    </th>
                  </tr>
                  {below.map((goal) => (
                    <tr
                      key={goal.id}
                      className={goal.record.unseen.length > 0 ? 'overview-changed' : ''}
                    >
                      <td className="overview-strands">
                        <StrandGutter
                          slots={slots}
                          strands={strandsOf(goal, directory.professionOf)}
                        />
                      </td>
                      <td>
                        <GoalName node={goal} href={href(goal)} />
                      </td>
                      {showsStatus && (
                        <td>
                          <StatusSign
                            of="goal"
                            status={valueOf(goal.record, 'goal', 'lifecycle')?.status ?? 'proposed'}
                          />
                        </td>
                      )}
                      <td>
                        <GoalTrend node={goal} ratings={ratings.get(goal.id) ?? []} />
                      </td>
                      <td className="overview-date">
                        <GoalDate node={goal} today={today} />
                      </td>
                    </tr>
                  ))}
                  {need !== null && need.children.length === 0 && (
                    <tr>
                      <td colSpan={columnCount} className="overview-gap">
                        <GapSign gap="goal" />
                      </td>
                    </tr>
                  )}
                </tbody>
              ),
            )}
          </table>
          {few.moreNeeds + few.moreGoals > 0 && (
            <p className="overview-more">
              <TextLink href={clientHref(view.caseId, 'plan')}>
                {t('more', {
                  what: [
                    ...(few.moreNeeds > 0 ? [t('needCount', { count: few.moreNeeds })] : []),
                    ...(few.moreGoals > 0 ? [t('goalCount', { count: few.moreGoals })] : []),
                  ].join(', '),
                })}
              </TextLink>
            </p>
          )}
        </>
      )}
    </Card>
  );
};

const Words = ({ node }: { readonly node: PlanNode }) => {
  const text = valueOf(node.record, 'need', 'client-words')?.text ?? '';
  return text === '' ? undefined : (
    <span className="overview-words" title={text}>
      <ClientWords text={text} />
    </span>
  );
};

/** Where the goal is on its scale, or where it is going as somebody has said in words. */
const GoalTrend = ({
  node,
  ratings,
}: {
  readonly node: PlanNode;
  readonly ratings: readonly Rating[];
}) => {
  const { now, before } = standingOfGoal(ratings);
  if (versionsOf(node.record) > 0) return <ForkSign versions={versionsOf(node.record)} />;
  if (now !== null) return <GasSign now={now} before={before} />;
  return (
    <AchievementSign
      achievement={valueOf(node.record, 'goal', 'achievement')?.achievement ?? 'not-assessed'}
    />
  );
};

const GoalDate = ({ node, today }: { readonly node: PlanNode; readonly today: string }) => {
  const date = valueOf(node.record, 'goal', 'target')?.date ?? null;
  if (date === null) return <span className="muted">–</span>;
  return (
    <span className={date < today ? 'overview-past' : ''}>{formatShortDate(date, today)}</span>
  );
};

const GoalName = ({ node, href }: { readonly node: PlanNode; readonly href: string }) => {
  const { t, i18n } = useTranslation('records');
  const title = titleOf(node, languageOf(i18n.language));
  return (
    <span className="overview-line" title={title}>
      <TextLink href={href}>
        <PlainText text={title || t('untitled.goal')} />
      </TextLink>
    </span>
  );
};
