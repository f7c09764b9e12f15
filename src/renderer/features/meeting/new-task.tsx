import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { recordById } from '#renderer/store/reading.ts';
import {
  DoneByKey,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type FieldSurroundings,
} from '../editing/index.ts';
import type { PlanTree } from '../plan-model/index.ts';
import { newRowEdits, startOf, type NewRow } from '../plan/index.ts';
import { useProblemWords } from '../problems/index.ts';

export type NewTaskProps = {
  readonly row: NewRow;
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly surroundings: FieldSurroundings;
  readonly onMade: () => void;
};

/** What is agreed at the table: what, who answers, who steps in. A draft of the plan from the first letter. */
export const NewTask = ({ row, view, tree, surroundings, onMade }: NewTaskProps) => {
  const { t } = useTranslation('meeting');
  const problemWords = useProblemWords();
  const base = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: row.recordId,
      kind: row.kind,
      compartment: row.compartment,
    }),
    [view.caseId, row],
  );
  const contentTarget = useMemo(() => ({ ...base, group: 'content' }), [base]);
  const whoTarget = useMemo(() => ({ ...base, group: 'responsibility' }), [base]);
  const startValue = useMemo(() => startOf(row), [row]);
  const record = recordById(view, row.recordId);
  const content = useGroupForm(contentTarget, record, { startValue, writesItself: false });
  const who = useGroupForm(whoTarget, record, { writesItself: false });
  const { make, isMaking, problem } = useNewRecord(
    content,
    () => {
      who.discard();
      onMade();
    },
    (value) => [
      ...newRowEdits(row, value, tree, view).map((edit) =>
        edit.group === 'status' ? { ...edit, value: { ...edit.value, status: 'agreed' } } : edit,
      ),
      {
        recordId: row.recordId,
        kind: row.kind,
        compartment: row.compartment,
        group: 'responsibility',
        value: { ...who.value } as Edit['value'],
        basedOn: [],
      },
    ],
  );
  return (
    <DoneByKey onDone={() => void make()}>
      <section className="meeting-new-task" aria-label={t('newTask')}>
        <GroupFields form={content} surroundings={surroundings} without={['description']} />
        <GroupFields form={who} surroundings={surroundings} />
        <Button variant="main" icon="plus" isPending={isMaking} onPress={() => void make()}>
          {t('add')} <Kbd keys="Ctrl ↵" />
        </Button>
      </section>
      <p className="group-state" aria-live="polite">
        {content.keptAt === null ? '' : t('kept')}
      </p>
      {problem !== null && (
        <Banner tone="bad" shape="box" announce="assertive">
          {problemWords(problem)}
        </Banner>
      )}
    </DoneByKey>
  );
};
