import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useWriteRecordsMutation } from '#renderer/store/contract-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { AccessPreview } from './access-preview.tsx';
import type { PermissionEntry } from './permission-list.ts';

export type EndPermissionDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly entry: PermissionEntry;
  readonly title: string;
  readonly onClose: () => void;
};

/** Ends on a day, which it includes: the client took it back, or what it was for is over. */
export const EndPermissionDialog = ({
  view,
  directory,
  entry,
  title,
  onClose,
}: EndPermissionDialogProps) => {
  const { t } = useTranslation('permissions');
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const { record, recorded, kind, scope } = entry;
  const [date, setDate] = useState<string | null>(
    today < scope.validFrom ? scope.validFrom : today,
  );
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const problem =
    date === null ? 'required' : date < scope.validFrom ? 'ends-before-it-begins' : undefined;
  const value = useMemo(
    (): CallInput<'access.preview'>['value'] => ({ ...recorded.value, validTo: date }),
    [recorded.value, date],
  );
  const asked = useMemo(
    () =>
      problem === undefined ? { caseId: view.caseId, kind, recordId: record.id, value } : null,
    [problem, view.caseId, kind, record.id, value],
  );

  const end = async (): Promise<void> => {
    if (isLoading || problem !== undefined || value === null) return;
    const done = await write({
      caseId: view.caseId,
      edits: [
        {
          recordId: record.id,
          kind,
          compartment: record.compartment,
          group: 'scope',
          value,
          basedOn: record.groups['scope']?.heads.map((head) => head.changeId) ?? [],
        },
      ],
    });
    if (done.error === undefined) onClose();
  };

  return (
    <Dialog
      title={t('end.title', { what: title })}
      isOpen
      onClose={onClose}
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('form.cancel')}</Button>
          <Button variant="bad" isPending={isLoading} onPress={() => void end()}>
            {t('end.carryOut')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <DateField
          label={t('end.lastDay')}
          value={date}
          onChange={setDate}
          min={scope.validFrom}
          description={t('end.note')}
          {...(problem === undefined ? {} : { error: fieldWords(problem) })}
        />
        <AccessPreview asked={asked} directory={directory} />
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};
