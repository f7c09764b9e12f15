import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { ClientWords } from '#renderer/components/client-words.tsx';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { standingOf, valueOf } from '#renderer/store/reading.ts';
import { GoalRatings } from '../goals/index.ts';
import { titleOf, type PlanNode, type PlanTree } from '../plan-model/index.ts';
import { NewPartRow, type NewPart } from '../plan-parts/index.ts';
import { AgreedTasks } from './agreed-tasks.tsx';
import type { OpenMeeting } from './open-meeting.ts';
import { TwoVersions } from './two-versions.tsx';

export type MeetingGoalProps = {
  readonly view: ClientView;
  /** What everybody present may see. */
  readonly shown: ClientView;
  readonly tree: PlanTree;
  readonly goal: PlanNode;
  readonly meeting: OpenMeeting;
  readonly directory: Directory;
};

/** One goal: the need behind it, the client's words, how it goes, what is agreed, and who sees it otherwise. */
export const MeetingGoal = (props: MeetingGoalProps) => {
  const { view, shown, tree, goal, meeting, directory } = props;
  const { t, i18n } = useTranslation(['meeting', 'records']);
  const language = languageOf(i18n.language);
  const [dissent, setDissent] = useState<NewPart | null>(null);
  const surroundings = useMemo(
    () => ({
      directory,
      // Of the team, only those who are at the table come first: the rest of it is nobody's business here.
      view: {
        ...shown,
        records: [
          ...shown.records,
          ...standingOf(view, 'membership').filter((record) =>
            meeting.personIds.includes(valueOf(record, 'membership', 'grant')?.personId ?? ''),
          ),
        ],
      },
    }),
    [view, shown, meeting.personIds, directory],
  );
  const need = goal.parentId === null ? undefined : tree.byId.get(goal.parentId);
  const words = valueOf(need?.record, 'need', 'client-words')?.text ?? '';
  const statement = valueOf(goal.record, 'goal', 'statement');
  const target = valueOf(goal.record, 'goal', 'target')?.date ?? null;
  const name = `${goal.number} ${titleOf(goal, language) || t('records:untitled.goal')}`;
  const about = name.slice(0, 200);
  const views = standingOf(shown, 'dissenting-view').flatMap((record) => {
    const said = valueOf(record, 'dissenting-view', 'view');
    return said === null || said.about !== about ? [] : [{ record, said }];
  });
  return (
    <>
      <Card
        title={<PlainText text={name} />}
        note={need === undefined ? '' : titleOf(need, language)}
      >
        <div className="stack meeting-goal">
          {words !== '' && (
            <p>
              <ClientWords text={words} big />
            </p>
          )}
          {statement !== null && statement.description !== '' && (
            <p>
              <PlainText text={statement.description} multiline />
            </p>
          )}
          <p className="row row-wrap muted">
            {target !== null && t('meeting:target', { date: formatDate(target) })}
            <TwoVersions node={goal} />
          </p>
          <GoalRatings view={shown} goal={goal.record} directory={directory} by="agreed" />
        </div>
      </Card>
      <AgreedTasks {...props} surroundings={surroundings} />
      <Card
        title={t('meeting:dissents')}
        more={
          <Button
            icon="plus"
            onPress={() =>
              setDissent({ recordId: makeId(), kind: 'dissenting-view', group: 'view' })
            }
          >
            {t('meeting:addDissent')}
          </Button>
        }
      >
        {views.length === 0 ? (
          <p className="muted">{t('meeting:noDissents')}</p>
        ) : (
          <ul className="meeting-dissents">
            {views.map(({ record, said }) => (
              <li key={record.id}>
                <b>
                  <PlainText text={said.name || t(`records:dissenter.${said.whose}`)} />
                </b>{' '}
                <PlainText text={said.text} multiline />
              </li>
            ))}
          </ul>
        )}
      </Card>
      {dissent !== null && (
        <NewPartRow
          row={dissent}
          view={view}
          surroundings={surroundings}
          start={{ about }}
          onClose={() => setDissent(null)}
          onMade={() => setDissent(null)}
        />
      )}
    </>
  );
};
