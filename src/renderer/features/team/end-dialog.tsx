import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useWriteRecordsMutation } from '#renderer/store/contract-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { Directory } from '#renderer/store/people.ts';
import { AccessPreview } from '../permissions/index.ts';
import type { TeamMember } from '../plan-model/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';

export type EndDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly member: TeamMember;
  readonly name: string;
  readonly onClose: () => void;
};

/** A membership ends on a day, which it includes; it stays in the history. */
export const EndDialog = ({ view, directory, member, name, onClose }: EndDialogProps) => {
  const { t } = useTranslation('team');
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const { grant, record } = member;
  const [date, setDate] = useState<string | null>(
    today < grant.validFrom ? grant.validFrom : today,
  );
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const problem =
    date === null ? 'required' : date < grant.validFrom ? 'ends-before-it-begins' : undefined;
  const asked = useMemo(
    () =>
      problem === undefined
        ? {
            caseId: view.caseId,
            kind: 'membership' as const,
            recordId: record.id,
            value: { ...grant, validTo: date },
          }
        : null,
    [problem, view.caseId, record.id, grant, date],
  );

  const end = async (): Promise<void> => {
    if (isLoading || problem !== undefined || date === null) return;
    const done = await write({
      caseId: view.caseId,
      edits: [
        {
          recordId: record.id,
          kind: record.kind,
          compartment: record.compartment,
          group: 'grant',
          value: { ...grant, validTo: date },
          basedOn: record.groups['grant']?.heads.map((head) => head.changeId) ?? [],
        },
      ],
    });
    if (done.error === undefined) onClose();
  };

  return (
    <Dialog
      title={t('end.title', { name })}
      isOpen
      onClose={onClose}
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('end.cancel')}</Button>
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
          description={t('end.note')}
          {...(problem === undefined ? {} : { error: fieldWords(problem) })}
        />
        <AccessPreview asked={asked} directory={directory} />
        {grant.personId === ownId && (
          <Banner tone="warn" shape="box">
            {t('end.own')}
          </Banner>
        )}
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};
