import { useTranslation } from 'react-i18next';
import type { RecordView } from '#shared/contract/views.ts';
import { findCode, lifeAreas } from '#shared/domain/codes.ts';
import { Checkbox } from '#renderer/components/checkbox.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Select } from '#renderer/components/select.tsx';
import { useFamilyRowsQuery } from '#renderer/store/calls/records-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import type { Sibling } from './family.ts';
import { newNeed, putPlace, type Place } from './put.ts';

/** Where the row is put in a sibling's plan, among the rows that stand there. */
export type Chosen = { readonly place: string; readonly there: readonly RecordView[] };

export type SiblingPlaceProps = {
  readonly record: RecordView;
  readonly parent: RecordView | undefined;
  readonly sibling: Sibling;
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen | null) => void;
};

/** One sibling to put the row to: whether, and under what; or why it cannot be put there. */
export const SiblingPlace = ({ record, parent, sibling, chosen, onChoose }: SiblingPlaceProps) => {
  const { t, i18n } = useTranslation(['family', 'records']);
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const { data, error } = useFamilyRowsQuery({ caseId: sibling.caseId });
  if (error !== undefined) {
    return <p className="muted text-s">{words(problemOf(error))}</p>;
  }
  if (data === undefined) return <p aria-busy="true">{sibling.name}</p>;
  const { hindrance, places, place } = putPlace(record, parent, sibling, data.records);
  if (hindrance !== null) {
    return (
      <p>
        <b>
          <PlainText text={sibling.name} />
        </b>{' '}
        <span className="muted">{t(`family:hindrance.${hindrance}`)}</span>
      </p>
    );
  }
  const nameOf = ({ title, lifeArea }: Place): string => {
    const area = lifeArea === null ? undefined : findCode(lifeAreas, lifeArea)?.[language];
    return title === '' ? (area ?? t(`records:untitled.${record.kind}`)) : title;
  };
  const options = [
    ...places.map((each) => ({ id: each.id, label: nameOf(each) })),
    ...(record.kind === 'goal' ? [{ id: newNeed, label: t('family:put.newNeed') }] : []),
  ];
  return (
    <div className="family-place">
      <Checkbox
        isSelected={chosen !== null}
        onChange={(isChosen) =>
          onChoose(isChosen && place !== null ? { place, there: data.records } : null)
        }
      >
        <PlainText text={sibling.name} />
      </Checkbox>
      {chosen !== null && (
        <Select
          label={t(record.kind === 'goal' ? 'family:put.underNeed' : 'family:put.underGoal')}
          options={options}
          value={chosen.place}
          onChange={(id) => onChoose({ place: id, there: data.records })}
        />
      )}
    </div>
  );
};
