import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useWriteRecordsMutation } from '#renderer/store/contract-api.ts';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import { editKey, failed } from '#renderer/store/editing/editing-slice.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { recordById } from '#renderer/store/reading.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { GroupFields, useGroupForm, type FieldSurroundings } from '../editing/index.ts';
import { titleOf, type PlanTree } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { firstGroup, newRowEdits, startOf, type NewRow } from './new-row.ts';

export type NewRowDialogProps = {
  readonly row: NewRow;
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly surroundings: FieldSurroundings;
  readonly onClose: () => void;
  readonly onMade: (recordId: string) => void;
};

/** A new need, goal or action. What is typed is a draft from the first letter; closing keeps it. */
export const NewRowDialog = ({
  row,
  view,
  tree,
  surroundings,
  onClose,
  onMade,
}: NewRowDialogProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const dispatch = useAppDispatch();
  const words = useProblemWords();
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: row.recordId,
      kind: row.kind,
      compartment: row.compartment,
      group: firstGroup[row.kind],
    }),
    [view.caseId, row],
  );
  const startValue = useMemo(() => startOf(row), [row]);
  const form = useGroupForm(target, recordById(view, row.recordId), {
    startValue,
    writesItself: false,
  });
  const parent = row.parentId === null ? undefined : tree.byId.get(row.parentId);

  const make = async (): Promise<void> => {
    if (isLoading) return;
    const value = normalised(form.value);
    const fields = valueProblems(row.kind, target.group, value);
    if (Object.keys(fields).length > 0) {
      form.set({});
      dispatch(failed({ key: editKey(target), problem: null, fields }));
      return;
    }
    const done = await write({
      caseId: view.caseId,
      edits: [...newRowEdits(row, value, tree, view)],
    });
    if (done.error !== undefined) return;
    form.discard();
    onMade(row.recordId);
  };

  return (
    <Dialog
      title={t(`new.${row.kind}`)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button
            variant="flat"
            onPress={() => {
              form.discard();
              onClose();
            }}
          >
            {t('new.discard')}
          </Button>
          <Button onPress={onClose}>{t('new.later')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void make()}>
            {t('new.make')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the fields inside */}
      <div
        className="stack"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) {
            event.preventDefault();
            void make();
          }
        }}
      >
        {parent && (
          <p className="muted text-s">
            {t('new.under', { what: `${t(`records:kind.${parent.kind}`)} ${parent.number}` })}{' '}
            <PlainText text={titleOf(parent, languageOf(i18n.language))} />
          </p>
        )}
        <GroupFields form={form} surroundings={surroundings} autoFocus />
        <p className="group-state" aria-live="polite">
          {form.keptAt === null ? '' : t('new.kept')}
        </p>
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};
