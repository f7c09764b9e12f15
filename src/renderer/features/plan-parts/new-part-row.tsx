import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { RowKind } from '#shared/domain/plan-elements.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { recordById } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  DoneByKey,
  emptyValue,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type FieldSurroundings,
} from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';

/** A row that is being made. */
export type NewPart = { readonly recordId: Id; readonly kind: RowKind; readonly group: string };

export type NewPartRowProps = {
  readonly row: NewPart;
  readonly view: ClientView;
  readonly surroundings: FieldSurroundings;
  /** What is known before anything is typed. */
  readonly start?: JsonObject;
  readonly onClose: () => void;
  readonly onMade: (recordId: Id) => void;
};

const nothingKnown: JsonObject = {};

/** What is said and held is most often of today; what was tried is not. */
const startOf = ({ kind, group }: NewPart, today: string, start: JsonObject) => ({
  ...emptyValue(kind, group),
  ...(kind === 'contingency' ? {} : { date: today }),
  ...start,
});

/** A new dissenting view, meeting or contingency. What is typed is a draft from the first letter; closing keeps it. */
export const NewPartRow = ({
  row,
  view,
  surroundings,
  start = nothingKnown,
  onClose,
  onMade,
}: NewPartRowProps) => {
  const { t } = useTranslation('plan');
  const today = useToday();
  const words = useProblemWords();
  const target = useMemo(
    () => ({ caseId: view.caseId, compartment: jointPlan, ...row }),
    [view.caseId, row],
  );
  const startValue = useMemo(() => startOf(row, today, start), [row, today, start]);
  const form = useGroupForm(target, recordById(view, row.recordId), {
    startValue,
    writesItself: false,
  });
  const { make, isMaking, problem } = useNewRecord(form, () => onMade(row.recordId));
  return (
    <Dialog
      title={t(`parts.new.${row.kind}`)}
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
        <GroupFields form={form} surroundings={surroundings} autoFocus />
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
