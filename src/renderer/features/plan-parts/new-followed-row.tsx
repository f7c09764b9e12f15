import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import {
  compartments as allCompartments,
  findCode,
  type Compartment,
} from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { registerOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { Select } from '#renderer/components/select.tsx';
import { normalised } from '#renderer/store/editing/value-problems.ts';
import { recordById } from '#renderer/store/reading.ts';
import {
  DoneByKey,
  emptyValue,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type FieldSurroundings,
  type GroupForm,
} from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import type { NewPart } from './new-part-row.tsx';

/** Rows of which what is followed, and when next, is asked for with their name. */
export const isFollowed = (kind: string): boolean => registerOfKind(kind) === 'patient';

export type NewFollowedRowProps = {
  readonly row: NewPart;
  /** The services of the patient register in which it may be written; at least one. */
  readonly compartments: readonly Compartment[];
  readonly view: ClientView;
  readonly surroundings: FieldSurroundings;
  readonly onClose: () => void;
  readonly onMade: (recordId: Id) => void;
};

const followUp = 'follow-up';

const editOf = (
  { target: { recordId, kind, compartment, group } }: GroupForm,
  value: GroupForm['value'],
): Edit => ({ recordId, kind, compartment, group, value: { ...value }, basedOn: [] }) as Edit;

/**
 * A new diagnosis or medicine with its follow-up, in a service of the patient register. What is typed is a draft
 * from the first letter; closing keeps it.
 */
export const NewFollowedRow = ({
  row,
  compartments,
  view,
  surroundings,
  onClose,
  onMade,
}: NewFollowedRowProps) => {
  const { t, i18n } = useTranslation('plan');
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const begun = recordById(view, row.recordId);
  const [chosen, setChosen] = useState(begun?.compartment ?? compartments[0] ?? '');
  const { recordId, kind, group } = row;
  const target = useMemo(
    () => ({ caseId: view.caseId, compartment: chosen, recordId, kind, group }),
    [view.caseId, chosen, recordId, kind, group],
  );
  const followTarget = useMemo(() => ({ ...target, group: followUp }), [target]);
  const form = useGroupForm(target, begun, { writesItself: false });
  const follow = useGroupForm(followTarget, begun, { writesItself: false });
  const says = JSON.stringify(follow.value) !== JSON.stringify(emptyValue(kind, followUp));
  const { make, isMaking, problem } = useNewRecord(
    form,
    () => onMade(recordId),
    (value) => [editOf(form, value), ...(says ? [editOf(follow, normalised(follow.value))] : [])],
    [follow],
  );
  const keptAt = form.keptAt ?? follow.keptAt;
  return (
    <Dialog
      title={t(`parts.new.${kind}`)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button
            variant="flat"
            onPress={() => {
              form.discard();
              follow.discard();
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
        <GroupFields form={follow} surroundings={surroundings} />
        <Select
          label={t('parts.service')}
          description={t('parts.serviceAbout')}
          value={chosen}
          onChange={setChosen}
          isDisabled={keptAt !== null}
          options={compartments.map((id) => ({
            id,
            label: findCode(allCompartments, id)?.[language] ?? id,
          }))}
        />
        <p className="group-state" aria-live="polite">
          {keptAt === null ? '' : t('new.kept')}
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
