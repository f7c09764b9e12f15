import { useTranslation } from 'react-i18next';
import type { VisitTask } from '#shared/domain/visits/report.ts';
import { Button } from '#renderer/components/button.tsx';
import { ChoiceButtons } from '#renderer/components/choice-buttons.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { titleOf } from '../plan-model/index.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import type { VisitTaskRow } from './visit-plan.ts';

export type TaskRowProps = {
  readonly row: VisitTaskRow;
  readonly task: VisitTask | null;
  /** What the last visit told of it, when it was left undone then. */
  readonly leftUndone: VisitTask | null;
  readonly problem: string | undefined;
  readonly onChange: (task: VisitTask | null) => void;
};

const usualReasons = ['refused', 'condition', 'away', 'time'] as const;

/** One action: what, how, how often, and two large buttons; why not is asked at once, in the row. */
export const TaskRow = ({ row, task, leftUndone, problem, onChange }: TaskRowProps) => {
  const { t, i18n } = useTranslation(['visit', 'records']);
  const words = useFieldProblemWords();
  const { node, frequency, isForOtherDay } = row;
  const title = titleOf(node, languageOf(i18n.language)) || t('records:untitled.action');
  const how = valueOf(node.record, 'action', 'content')?.description ?? '';
  const say = (result: VisitTask['result'], reason: string): void =>
    onChange({ actionId: node.id, result, reason });
  return (
    <li className="visit-row">
      <div className="visit-row-words">
        <b className="visit-row-title">
          <PlainText text={`${node.number} ${title}`.trim()} />
        </b>
        <span className="muted text-s">
          <PlainText text={[frequency, how].filter((word) => word !== '').join(' · ')} />
        </span>
        {isForOtherDay && (
          <span>
            <Tag>{t('visit:otherDay')}</Tag>
          </span>
        )}
        {leftUndone !== null && (
          <span className="visit-undone text-s">
            <Icon name="alert" size={14} />
            <span>
              {t('visit:leftUndone')} <PlainText text={leftUndone.reason} />
            </span>
          </span>
        )}
      </div>
      <ChoiceButtons
        label={title}
        value={task?.result ?? null}
        onChange={(result) => (result === null ? onChange(null) : say(result, ''))}
        choices={[
          { id: 'done', label: t('visit:done'), icon: 'check' },
          { id: 'not-done', label: t('visit:notDone'), icon: 'close' },
        ]}
      />
      {task?.result === 'not-done' && (
        <div className="visit-reason">
          <TextField
            label={t('visit:why')}
            value={task.reason}
            onChange={(reason) => say('not-done', reason)}
            autoFocus={task.reason === ''}
            isRequired
            {...(problem === undefined ? {} : { error: words(problem) })}
          />
          <div className="row row-wrap" role="group" aria-label={t('visit:usualReasons')}>
            {usualReasons.map((reason) => (
              <Button key={reason} onPress={() => say('not-done', t(`visit:reason.${reason}`))}>
                {t(`visit:reason.${reason}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </li>
  );
};
