import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ChoiceGroup } from '#renderer/components/checkbox.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useChangeRelationsMutation } from '#renderer/store/calls/administration-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import { ProblemBox } from './parts.tsx';
import type { PersonChoice } from './person-choices.ts';

type Outcome = CallOutput<'relations.change'>;

const OutcomeWords = ({
  outcome,
  isDone,
}: {
  readonly outcome: Outcome;
  readonly isDone: boolean;
}) => {
  const { t } = useTranslation('administration');
  return (
    <Banner tone="info" shape="box" announce="polite">
      {isDone
        ? t('relations.changed', { count: outcome.changed })
        : t('relations.wouldChange', { count: outcome.changed })}{' '}
      {outcome.left.map(({ problem, count }) => (
        <span key={problem}>{t(`relations.left.${problem}`, { count })} </span>
      ))}
    </Banner>
  );
};

/** First what would happen, then the same for real: up to thousands of relations in one transaction. */
export const RelationsDialog = ({
  personId,
  people,
  name,
  onClose,
}: {
  readonly personId: Id;
  readonly people: readonly PersonChoice[];
  readonly name: string;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const [action, setAction] = useState<'end' | 'move'>('move');
  const [toPersonId, setToPersonId] = useState<Id | null>(null);
  const [lastDay, setLastDay] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [preview, previewed] = useChangeRelationsMutation();
  const [change, changed] = useChangeRelationsMutation();
  const isTakerMissing = action === 'move' && toPersonId === null;
  const isReady = !isTakerMissing && lastDay !== null && reason.trim() !== '';
  const inputOf = (dryRun: boolean) => ({
    personId,
    membershipIds: null,
    action,
    toPersonId: action === 'move' ? toPersonId : null,
    lastDay: lastDay ?? today,
    reason,
    dryRun,
  });
  const ask = (): void => {
    setChecked(true);
    if (isReady) void preview(inputOf(true));
  };
  // What was previewed is what is carried out: after a change it is previewed anew.
  const changing =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      set(value);
      previewed.reset();
      changed.reset();
    };
  const carryOut = (): void => {
    if (isReady && !changed.isLoading) void change(inputOf(false));
  };
  const problem = changed.error ?? previewed.error;
  const missing = (is: boolean): { readonly error?: string } =>
    isChecked && is ? { error: fieldWords('required') } : {};
  return (
    <Dialog
      title={t('relations.changeTitle', { name })}
      isOpen
      onClose={onClose}
      isQuestion
      actions={
        changed.isSuccess ? (
          <Button onPress={onClose}>{t('close')}</Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('cancel')}</Button>
            <Button isPending={previewed.isLoading} onPress={ask}>
              {t('relations.preview')}
            </Button>
            <Button
              variant="main"
              isPending={changed.isLoading}
              isDisabled={!previewed.isSuccess || !isReady}
              onPress={carryOut}
            >
              {t('relations.carryOut')}
            </Button>
          </>
        )
      }
    >
      <div className="stack">
        <p>{t('relations.allOf')}</p>
        <ChoiceGroup<'end' | 'move'>
          label={t('relations.action')}
          value={action}
          onChange={changing(setAction)}
          choices={[
            { id: 'move', label: t('relations.move') },
            { id: 'end', label: t('relations.end') },
          ]}
        />
        {action === 'move' && (
          <ComboBox
            label={t('relations.to')}
            options={people.filter(({ id, active }) => active && id !== personId)}
            value={toPersonId}
            onChange={changing(setToPersonId)}
            {...missing(isTakerMissing)}
          />
        )}
        <DateField
          label={t('relations.lastDay')}
          value={lastDay}
          onChange={changing(setLastDay)}
          {...missing(lastDay === null)}
        />
        <TextField
          label={t('reason')}
          value={reason}
          onChange={setReason}
          {...missing(reason.trim() === '')}
        />
        {previewed.data && !changed.data && (
          <OutcomeWords outcome={previewed.data} isDone={false} />
        )}
        {changed.data && <OutcomeWords outcome={changed.data} isDone />}
        <ProblemBox problem={problem === undefined ? null : problemOf(problem)} />
      </div>
    </Dialog>
  );
};
