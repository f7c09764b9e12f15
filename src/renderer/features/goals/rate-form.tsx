import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { gasLevels, type GasLevel } from '#shared/domain/goals/attainment.ts';
import type { Id } from '#shared/domain/ids.ts';
import { ratingViews } from '#shared/domain/records/goal-scale.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ChoiceGroup } from '#renderer/components/checkbox.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { TextArea } from '#renderer/components/text-field.tsx';
import { recordById, valueOf } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { DoneByKey, useGroupForm, useNewRecord } from '../editing/index.ts';
import { levelTexts, type RatingView } from '../plan-model/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';

export type RateFormProps = {
  readonly view: ClientView;
  readonly goal: RecordView;
  /** Whose view it is until another is chosen. */
  readonly by: RatingView;
  readonly onClose: () => void;
  readonly onRated: () => void;
};

/** A rating of this goal that was begun and not given. */
const unfinishedOf = (view: ClientView, goalId: Id): Id | undefined =>
  view.records.find(
    (record) =>
      record.kind === 'rating' &&
      Object.keys(record.groups).length === 0 &&
      record.drafts['rating']?.value['goalId'] === goalId,
  )?.id;

/** Where a goal is on its scale, in whose view and why. What is typed is kept as a draft until it is given. */
export const RateForm = ({ view, goal, by, onClose, onRated }: RateFormProps) => {
  const { t } = useTranslation(['goals', 'records']);
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const [recordId] = useState(() => unfinishedOf(view, goal.id) ?? makeId());
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId,
      kind: 'rating',
      compartment: goal.compartment,
      group: 'rating',
    }),
    [view.caseId, recordId, goal.compartment],
  );
  const startValue = useMemo<JsonObject>(
    () => ({ goalId: goal.id, level: '', view: by, date: today, comment: '' }),
    [goal.id, by, today],
  );
  const form = useGroupForm(target, recordById(view, recordId), {
    startValue,
    writesItself: false,
  });
  const { make, isMaking, problem } = useNewRecord(form, onRated);
  const texts = levelTexts(valueOf(goal, 'goal', 'scale'));
  const { value } = form;
  const errorOf = (field: string) => {
    const code = form.fieldProblem(field);
    return code === undefined ? {} : { error: fieldWords(code) };
  };
  const said = (field: string): string => {
    const found = value[field];
    return typeof found === 'string' ? found : '';
  };
  return (
    <DoneByKey className="rate-form stack" onDone={() => void make()}>
      <ChoiceGroup<GasLevel>
        label={t('records:field.gasRating')}
        value={gasLevels.find((level) => level === value['level']) ?? null}
        onChange={(level) => form.set({ level })}
        isRequired
        choices={gasLevels
          .map((id, index) => ({
            id,
            label: (
              <span className="rate-level">
                <b>{t(`records:gasLevel.${id}`)}</b>{' '}
                {texts[index] ? (
                  <PlainText text={texts[index]} />
                ) : (
                  <span className="muted">{t(`level.${id}`)}</span>
                )}
              </span>
            ),
          }))
          .toReversed()}
        {...errorOf('level')}
      />
      <SegmentedControl<RatingView>
        label={t('records:field.ratingView')}
        value={ratingViews.find((each) => each === value['view']) ?? by}
        onChange={(chosen) => form.set({ view: chosen })}
        segments={ratingViews.map((id) => ({ id, label: t(`records:ratingView.${id}`) }))}
      />
      <DateField
        label={t('records:field.ratedOn')}
        value={said('date') === '' ? null : said('date')}
        onChange={(day) => form.set({ date: day })}
        max={today}
        {...errorOf('date')}
      />
      <TextArea
        label={t('records:field.ratingComment')}
        value={said('comment')}
        onChange={(comment) => form.set({ comment })}
        {...errorOf('comment')}
      />
      {problem !== null && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problem)}
        </Banner>
      )}
      <div className="row row-wrap">
        <Button variant="main" isPending={isMaking} onPress={() => void make()}>
          {t('rate.give')} <Kbd keys="Ctrl ↵" />
        </Button>
        <Button onPress={onClose}>{t('rate.later')}</Button>
        <Button
          variant="flat"
          onPress={() => {
            form.discard();
            onClose();
          }}
        >
          {t('rate.discard')}
        </Button>
      </div>
    </DoneByKey>
  );
};
