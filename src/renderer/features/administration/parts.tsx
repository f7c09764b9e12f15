import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';

/** What the region did not do, in words; nothing while all is well. */
export const ProblemBox = ({ problem }: { readonly problem: Problem | null }) => {
  const words = useProblemWords();
  return problem === null ? null : (
    <Banner tone="bad" shape="box" announce="assertive">
      {words(problem)}
    </Banner>
  );
};

/** A table that scrolls by itself, by arrow keys too. */
export const TableBox = ({
  label,
  columns,
  endsWithActions = true,
  children,
}: {
  readonly label: string;
  readonly columns: readonly string[];
  /** The last column is of the row's buttons, and its heading is only read out. */
  readonly endsWithActions?: boolean;
  readonly children: ReactNode;
}) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
  <div className="administration-scroll" tabIndex={0} role="group" aria-label={label}>
    <table className="administration-table">
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={column} scope="col">
              <span
                className={endsWithActions && index === columns.length - 1 ? 'visually-hidden' : ''}
              >
                {column}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

/** How many of all are in sight, and the next and former ones. */
export const Pages = ({
  offset,
  limit,
  total,
  onMove,
}: {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
}) => {
  const { t } = useTranslation('administration');
  if (total === 0) return null;
  return (
    <p className="administration-pages muted text-s">
      <span role="status">
        {t('pages', { from: offset + 1, to: Math.min(offset + limit, total), total })}
      </span>
      {total > limit && (
        <>
          <Button isDisabled={offset === 0} onPress={() => onMove(Math.max(0, offset - limit))}>
            {t('former')}
          </Button>
          <Button isDisabled={offset + limit >= total} onPress={() => onMove(offset + limit)}>
            {t('next')}
          </Button>
        </>
      )}
    </p>
  );
};

/** Something that ends or bars asks why; the reason goes to the log. */
export const ReasonDialog = ({
  title,
  note,
  action,
  problem,
  isLoading,
  children,
  onCarryOut,
  onClose,
}: {
  readonly title: string;
  readonly note: string;
  readonly action: string;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  /** What is chosen besides the reason. */
  readonly children?: ReactNode;
  readonly onCarryOut: (reason: string) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const fieldWords = useFieldProblemWords();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isMissing = reason.trim() === '';
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      width="narrow"
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button
            variant="bad"
            isPending={isLoading}
            onPress={() => {
              setChecked(true);
              if (!isMissing && !isLoading) onCarryOut(reason);
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{note}</p>
        {children}
        <TextField
          label={t('reason')}
          value={reason}
          onChange={setReason}
          autoFocus
          {...(isChecked && isMissing ? { error: fieldWords('reason-missing') } : {})}
        />
        <ProblemBox problem={problem} />
      </div>
    </Dialog>
  );
};
