import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { sharedRecords } from '#shared/domain/meetings/shown.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useShortcuts } from '#renderer/components/use-shortcuts.ts';
import { useShowMeetingQuery } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import type { GroupForm } from '../editing/index.ts';
import { allNodes, clientFacts, isActiveGoal, planTree, titleOf } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { EndMeeting } from './end-meeting.tsx';
import { MeetingGoal } from './meeting-goal.tsx';
import { askAgain, meetingIn, presentCount } from './open-meeting.ts';
import { PresentList } from './present-list.tsx';
import { useMeetingDensity } from './use-meeting-density.ts';

export type MeetingOnScreenProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly form: GroupForm;
  readonly onEnded: () => void;
};

const isInDialog = (): boolean =>
  document.activeElement?.closest('[role=dialog], [role=alertdialog]') instanceof Element;

/** `klo 13.00`, of a moment on the wall clock. */
const clockOf = (wall: string, tongue: string): string => {
  const clock = wall.slice(11);
  return tongue === 'en' ? clock : clock.replace(':', '.').replace(/^0/u, '');
};

/** The plan goal by goal, of all that everybody present may see and nothing else. */
export const MeetingOnScreen = ({ view, directory, form, onEnded }: MeetingOnScreenProps) => {
  const { t, i18n } = useTranslation(['meeting', 'records', 'client']);
  const language = languageOf(i18n.language);
  const problemWords = useProblemWords();
  useMeetingDensity();
  const [isEnding, setEnding] = useState(false);
  const meeting = meetingIn(form.value);
  const meetingId = form.target.recordId;
  const { data, error } = useShowMeetingQuery({
    caseId: view.caseId,
    meetingId,
    personIds: [...meeting.personIds],
    others: meeting.others.map(({ of }) => of),
  });
  const shown = useMemo<ClientView>(
    () => ({ ...view, records: [...sharedRecords(view.records, data?.compartments ?? [])] }),
    [view, data],
  );
  const tree = useMemo(() => planTree(shown), [shown]);
  const goals = useMemo(
    () =>
      allNodes(tree).filter(
        (node) => node.kind === 'goal' && node.state !== 'removed' && isActiveGoal(node),
      ),
    [tree],
  );
  const at = Math.max(
    0,
    goals.findIndex(({ id }) => id === meeting.goalId),
  );
  const goal = goals[at];
  const middle = useRef<HTMLDivElement>(null);
  const go = (step: number): void => {
    const next = goals[Math.max(0, Math.min(goals.length - 1, at + step))];
    if (next !== undefined) form.set({ goalId: next.id });
  };
  // A goal begins at its top; whoever works by keys stays where they press.
  useEffect(() => {
    middle.current?.scrollTo({ top: 0 });
  }, [goal?.id]);
  // What was pressed to come here is gone.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  useShortcuts({
    Escape: () => (isInDialog() ? false : setEnding(true)),
    PageDown: () => (isInDialog() ? false : go(1)),
    PageUp: () => (isInDialog() ? false : go(-1)),
  });
  const facts = clientFacts(view);
  return (
    <div className="meeting">
      <header className="meeting-head">
        <h1 ref={heading} tabIndex={-1} data-begin>
          {t('meeting:title')}
        </h1>
        <span className="meeting-who">
          <PlainText text={facts.name === '' ? t('client:nameless') : facts.name} />
          {' · '}
          {t('meeting:since', { clock: clockOf(meeting.startedAt, language) })}
        </span>
        <span className="row end">
          <Tag tone="info" icon="laptop">
            {t('meeting:sharedOnly')}
          </Tag>
          <span role="status">{t('meeting:going', { count: presentCount(meeting) })}</span>
          <Button onPress={() => setEnding(true)}>
            {t('meeting:end')} <Kbd keys="Esc" />
          </Button>
        </span>
      </header>
      {error !== undefined && (
        <Banner tone="bad" announce="assertive">
          {problemWords(problemOf(error))}
        </Banner>
      )}
      <div className="meeting-body" aria-busy={data === undefined && error === undefined}>
        <nav className="card meeting-agenda" aria-label={t('meeting:agenda')}>
          <h2>
            {t('meeting:agenda')}
            <span className="muted">
              {goals.length === 0 ? '' : t('meeting:place', { at: at + 1, all: goals.length })}
            </span>
          </h2>
          <ol>
            {goals.map((node) => (
              <li key={node.id}>
                <button
                  type="button"
                  aria-current={node.id === goal?.id ? 'step' : undefined}
                  onClick={() => form.set({ goalId: node.id })}
                >
                  <PlainText
                    text={`${node.number} ${titleOf(node, language) || t('records:untitled.goal')}`}
                  />
                </button>
              </li>
            ))}
          </ol>
        </nav>
        <div className="meeting-middle" ref={middle}>
          {goal === undefined ? (
            <Card title={t('meeting:plan')}>
              {data !== undefined && (
                <EmptyState>
                  {t(data.compartments.length === 0 ? 'meeting:nothingShared' : 'meeting:noGoals')}
                </EmptyState>
              )}
            </Card>
          ) : (
            <MeetingGoal
              key={goal.id}
              view={view}
              shown={shown}
              tree={tree}
              goal={goal}
              meeting={meeting}
              directory={directory}
            />
          )}
        </div>
        <PresentList
          meeting={meeting}
          directory={directory}
          isFirst={at === 0}
          isLast={at >= goals.length - 1}
          onStep={go}
          onChange={() => form.set(askAgain(meeting))}
        />
      </div>
      <EndMeeting
        form={form}
        isOpen={isEnding}
        onClose={() => setEnding(false)}
        onEnded={onEnded}
      />
    </div>
  );
};
