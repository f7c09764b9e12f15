import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { partEdit, partOf } from '#shared/domain/family/common-rows.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { DoneByKey } from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import type { Sibling } from './family.ts';
import { putEdits } from './put.ts';
import { SiblingPlace, type Chosen } from './sibling-place.tsx';

export type PutDialogProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly parent: RecordView | undefined;
  readonly siblings: readonly Sibling[];
  readonly onClose: () => void;
};

const titleIn = (record: RecordView): string =>
  (record.kind === 'goal'
    ? valueOf(record, 'goal', 'statement')?.title
    : valueOf(record, 'action', 'content')?.title) ?? '';

/**
 * Puts a row in the chosen siblings' plans too, in each by a change of its own, as if it had been written
 * there. What could not be written is named, and the rest stands.
 */
export const PutDialog = ({ view, record, parent, siblings, onClose }: PutDialogProps) => {
  const { t } = useTranslation('family');
  const words = useProblemWords();
  const [chosen, setChosen] = useState<ReadonlyMap<Id, Chosen>>(new Map());
  const [left, setLeft] = useState<readonly { readonly name: string; readonly why: Problem }[]>([]);
  const [isChecked, setChecked] = useState(false);
  const [write, { isLoading }] = useWriteRecordsMutation();
  const [needId] = useState(makeId);

  const choose = (caseId: Id, place: Chosen | null): void => {
    const next = new Map(chosen);
    if (place === null) next.delete(caseId);
    else next.set(caseId, place);
    setChosen(next);
  };

  const put = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || chosen.size === 0) return;
    const refused: { name: string; why: Problem }[] = [];
    for (const sibling of siblings) {
      const to = chosen.get(sibling.caseId);
      if (to === undefined) continue;
      const edits = putEdits(record, parent, sibling, to.there, { place: to.place, needId });
      const done = await write({ caseId: sibling.caseId, edits: [...edits] });
      if (done.error !== undefined) {
        refused.push({ name: sibling.name, why: problemOf(done.error) });
      }
    }
    if (refused.length < chosen.size && partOf(record) === null) {
      const tied = await write({ caseId: view.caseId, edits: [partEdit(record, true)] });
      if (tied.error !== undefined) refused.push({ name: t('here'), why: problemOf(tied.error) });
    }
    setLeft(refused);
    if (refused.length === 0) onClose();
  };

  return (
    <Dialog
      title={t('put.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void put()}>
            {t('put.carryOut')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      <DoneByKey onDone={() => void put()}>
        <div className="stack">
          <p>
            <b>
              <PlainText text={titleIn(record)} />
            </b>
          </p>
          <p className="muted text-s">{t('put.hint')}</p>
          {siblings.map((sibling) => (
            <SiblingPlace
              key={sibling.caseId}
              record={record}
              parent={parent}
              sibling={sibling}
              chosen={chosen.get(sibling.caseId) ?? null}
              onChoose={(place) => choose(sibling.caseId, place)}
            />
          ))}
          {isChecked && chosen.size === 0 && (
            <p className="field-error" role="alert">
              {t('put.chooseOne')}
            </p>
          )}
          {left.map(({ name, why }) => (
            <Banner key={name} tone="bad" shape="box" announce="assertive" title={name}>
              {words(why)}
            </Banner>
          ))}
        </div>
      </DoneByKey>
    </Dialog>
  );
};
