import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Card } from '#renderer/components/card.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { StatusSign } from '#renderer/components/status-sign.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf } from '#renderer/store/reading.ts';
import type { FieldSurroundings } from '../editing/index.ts';
import { titleOf, type PlanNode, type PlanTree } from '../plan-model/index.ts';
import { newRowBelow, unfinishedRows } from '../plan/index.ts';
import { NewTask } from './new-task.tsx';
import { TwoVersions } from './two-versions.tsx';

const Who = ({ id, directory }: { readonly id: Id | null; readonly directory: Directory }) => {
  const { t } = useTranslation(['meeting', 'records']);
  if (id === null) return <span className="muted">{t('meeting:nobody')}</span>;
  return (
    <ProfessionName
      profession={directory.professionOf(id)}
      person={directory.nameOf(id) ?? t('records:someone')}
    />
  );
};

export type AgreedTasksProps = {
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly goal: PlanNode;
  readonly directory: Directory;
  readonly surroundings: FieldSurroundings;
};

/** What is done for the goal, who answers and who steps in; and a new task with both, right there. */
export const AgreedTasks = ({ view, tree, goal, directory, surroundings }: AgreedTasksProps) => {
  const { t, i18n } = useTranslation(['meeting', 'records']);
  const language = languageOf(i18n.language);
  const begun = useMemo(
    () => unfinishedRows(view).find((row) => row.kind === 'action' && row.parentId === goal.id),
    [view, goal.id],
  );
  const [row, setRow] = useState(() => begun ?? newRowBelow(goal, 'action'));
  const tasks = goal.children.filter(({ state }) => state !== 'removed');
  return (
    <Card title={t('meeting:agreed')}>
      {tasks.length > 0 && (
        <table className="meeting-tasks">
          <thead>
            <tr>
              <th scope="col">{t('meeting:column.task')}</th>
              <th scope="col">{t('meeting:column.responsible')}</th>
              <th scope="col">{t('meeting:column.deputy')}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => {
              const who = valueOf(task.record, 'action', 'responsibility');
              const status = valueOf(task.record, 'action', 'status')?.status ?? 'proposed';
              return (
                <tr key={task.id}>
                  <th scope="row">
                    <PlainText text={titleOf(task, language) || t('records:untitled.action')} />{' '}
                    <span className="muted">
                      <StatusSign of="action" status={status} />
                    </span>{' '}
                    <TwoVersions node={task} />
                  </th>
                  <td>
                    <Who id={who?.responsibleId ?? null} directory={directory} />
                  </td>
                  <td>
                    <Who id={who?.deputyId ?? null} directory={directory} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <NewTask
        key={row.recordId}
        row={row}
        view={view}
        tree={tree}
        surroundings={surroundings}
        onMade={() => setRow(newRowBelow(goal, 'action'))}
      />
    </Card>
  );
};
