import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { recordById } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  DoneByKey,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type FieldSurroundings,
} from '../editing/index.ts';
import { titleOf, type PlanTree } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { NeedSuggestions } from './need-suggestions.tsx';
import { firstGroup, newRowEdits, startOf, type NewRow } from './new-row.ts';
import { suggestedNeeds } from './suggested-needs.ts';

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
  const words = useProblemWords();
  const today = useToday();
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

  const { make, isMaking, problem } = useNewRecord(
    form,
    () => onMade(row.recordId),
    (value) => newRowEdits(row, value, tree, view),
  );

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
          <Button variant="main" isPending={isMaking} onPress={() => void make()}>
            {t('new.make')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      <DoneByKey onDone={() => void make()}>
        {parent && (
          <p className="muted text-s">
            {t('new.under', { what: `${t(`records:kind.${parent.kind}`)} ${parent.number}` })}{' '}
            <PlainText text={titleOf(parent, languageOf(i18n.language))} />
          </p>
        )}
        <GroupFields form={form} surroundings={surroundings} autoFocus />
        {row.kind === 'need' && (
          <NeedSuggestions
            needs={suggestedNeeds(tree, languageOf(i18n.language), today)}
            onChoose={form.set}
          />
        )}
        <p className="group-state" aria-live="polite">
          {form.keptAt === null ? '' : t('new.kept')}
        </p>
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
      </DoneByKey>
    </Dialog>
  );
};
