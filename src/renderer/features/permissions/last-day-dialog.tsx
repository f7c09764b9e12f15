import { useMemo, useState, type ReactNode } from 'react';
import type { CallInput } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { AccessPreview } from './access-preview.tsx';

type Edit = CallInput<'records.write'>['edits'][number];

export type LastDayDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly record: RecordView;
  /** What rights hang on. */
  readonly kind: CallInput<'access.preview'>['kind'];
  /** The group that says from when to when. */
  readonly group: string;
  readonly value: { readonly validFrom: string };
  readonly title: string;
  readonly labels: {
    readonly lastDay: string;
    readonly note: string;
    readonly cancel: string;
    readonly carryOut: string;
  };
  /** What else the end brings about. */
  readonly children?: ReactNode;
  readonly onClose: () => void;
};

/** Ends what rights hang on, on a day that it includes; it stays in the history. Shows what that closes. */
export const LastDayDialog = ({
  view,
  directory,
  record,
  kind,
  group,
  value,
  title,
  labels,
  children,
  onClose,
}: LastDayDialogProps) => {
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const { validFrom } = value;
  const [date, setDate] = useState<string | null>(today < validFrom ? validFrom : today);
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const problem =
    date === null ? 'required' : date < validFrom ? 'ends-before-it-begins' : undefined;
  const ended = useMemo((): Edit['value'] => ({ ...value, validTo: date }), [value, date]);
  const asked = useMemo(
    () =>
      problem === undefined
        ? { caseId: view.caseId, kind, recordId: record.id, value: ended }
        : null,
    [problem, view.caseId, kind, record.id, ended],
  );

  const end = async (): Promise<void> => {
    if (isLoading || problem !== undefined) return;
    const done = await write({
      caseId: view.caseId,
      edits: [
        {
          recordId: record.id,
          kind,
          compartment: record.compartment,
          group,
          value: ended,
          basedOn: record.groups[group]?.heads.map((head) => head.changeId) ?? [],
        },
      ],
    });
    if (done.error === undefined) onClose();
  };

  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{labels.cancel}</Button>
          <Button variant="bad" isPending={isLoading} onPress={() => void end()}>
            {labels.carryOut}
          </Button>
        </>
      }
    >
      <div className="stack">
        <DateField
          label={labels.lastDay}
          value={date}
          onChange={setDate}
          min={validFrom}
          description={labels.note}
          {...(problem === undefined ? {} : { error: fieldWords(problem) })}
        />
        <AccessPreview asked={asked} directory={directory} />
        {children}
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};
