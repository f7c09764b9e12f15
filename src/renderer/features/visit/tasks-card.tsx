import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#shared/domain/directory.ts';
import { summaryOf, type VisitTask } from '#shared/domain/visits/report.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { languageOf } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { ClientView } from '#shared/contract/views.ts';
import type { GroupForm } from '../editing/index.ts';
import type { PlanTree, Visit } from '../plan-model/index.ts';
import { tasksIn, withEntry } from './open-visit.ts';
import { TaskRow } from './task-row.tsx';
import { visitTasks } from './visit-plan.ts';

export type VisitPartProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly tree: PlanTree;
  /** The visits that hold, the latest first. */
  readonly visits: readonly Visit[];
  readonly form: GroupForm;
  readonly person: Person | null;
};

/** What is to be done, each done or not done; nothing is said of what nobody marks. */
export const TasksCard = ({ view, directory, tree, visits, form, person }: VisitPartProps) => {
  const { t, i18n } = useTranslation('visit');
  const today = useToday();
  const profession = person?.profession ?? '';
  const rows = useMemo(
    () =>
      visitTasks(
        tree,
        { personId: person?.id ?? null, profession, professionOf: directory.professionOf },
        today,
      ),
    [tree, person, profession, directory, today],
  );
  const told = tasksIn(form.value);
  const [last] = visits;
  const leftUndone = new Map(
    last ? summaryOf(last.report).notDone.map((task) => [task.actionId, task]) : [],
  );
  const tell = (tasks: readonly VisitTask[]): void =>
    form.set({
      tasks: tasks.map(({ actionId, result, reason }) => ({ actionId, result, reason })),
    });
  const rest = rows.filter(
    ({ node, isForOtherDay }) =>
      !isForOtherDay && !told.some(({ actionId }) => actionId === node.id),
  );
  return (
    <Card
      title={t('tasks')}
      note={t('told', { told: told.length, all: rows.length })}
      className="visit-tasks"
      flush
    >
      {rows.length === 0 ? (
        <EmptyState
          action={<TextLink href={clientHref(view.caseId, 'plan')}>{t('toPlan')}</TextLink>}
        >
          {t('noTasks', { profession: professionWord(profession, languageOf(i18n.language)) })}
        </EmptyState>
      ) : (
        <>
          <ul className="visit-rows">
            {rows.map((row) => (
              <TaskRow
                key={row.node.id}
                row={row}
                task={told.find(({ actionId }) => actionId === row.node.id) ?? null}
                leftUndone={leftUndone.get(row.node.id) ?? null}
                problem={form.fieldProblem(`tasks.${row.node.id}`)}
                onChange={(task) => tell(withEntry(told, 'actionId', row.node.id, task))}
              />
            ))}
          </ul>
          {rest.length > 0 && (
            <p className="visit-more">
              <Button
                icon="check"
                onPress={() =>
                  tell([
                    ...told,
                    ...rest.map(({ node }) => ({
                      actionId: node.id,
                      result: 'done' as const,
                      reason: '',
                    })),
                  ])
                }
              >
                {t('restDone', { count: rest.length })}
              </Button>
            </p>
          )}
        </>
      )}
    </Card>
  );
};
