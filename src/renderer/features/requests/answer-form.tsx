import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import type { AnswerState } from '#shared/domain/requests/standing.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { TextArea } from '#renderer/components/text-field.tsx';
import { useToday } from '#renderer/store/use-now.ts';
import { DoneByKey, useGroupForm, useNewRecord } from '../editing/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import type { PlanRequest } from './plan-requests.ts';

/** What the asked can say: a hand-over is taken or not, anything else is answered, taken in hand or not. */
const sayable = (kind: PlanRequest['question']['kind']): readonly AnswerState[] =>
  kind === 'hand-over' ? ['accepted', 'declined'] : ['answered', 'accepted', 'declined'];

export type AnswerFormProps = {
  readonly view: ClientView;
  readonly request: PlanRequest;
  /** The asker takes the request back; whoever is asked answers it. */
  readonly as: 'asked' | 'asker';
  readonly onAnswered: () => void;
};

/** The answer right at the place: what is typed is a draft until it is sent. */
export const AnswerForm = ({ view, request, as, onAnswered }: AnswerFormProps) => {
  const { t } = useTranslation('requests');
  const today = useToday();
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const { record, question, answer } = request;
  const states: readonly AnswerState[] = as === 'asker' ? ['withdrawn'] : sayable(question.kind);
  const [first = 'answered'] = states;
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: record.id,
      kind: 'request',
      compartment: record.compartment,
      group: 'answer',
    }),
    [view.caseId, record.id, record.compartment],
  );
  const form = useGroupForm(target, record, { writesItself: false });
  // What was said before, as that it is in hand, is no answer yet: only a draft of one's own goes on.
  const isBegun = form.state !== 'untouched';
  const chosen = states.find((state) => isBegun && state === form.value['state']) ?? first;
  const text = isBegun && typeof form.value['text'] === 'string' ? form.value['text'] : '';
  const say = (part: JsonObject): void => form.set({ state: chosen, text, date: null, ...part });
  const editsOf = (): readonly Edit[] => [
    {
      recordId: record.id,
      kind: 'request',
      compartment: record.compartment,
      group: 'answer',
      value: { state: chosen, text, date: today },
      basedOn: (record.groups['answer']?.heads ?? []).map(({ changeId }) => changeId),
    },
  ];
  const { make, isMaking, problem } = useNewRecord(
    { ...form, value: { state: chosen, text, date: today } },
    onAnswered,
    editsOf,
  );
  const textProblem = form.fieldProblem('text');
  return (
    <DoneByKey className="request-answer" onDone={() => void make()}>
      {states.length > 1 && (
        <SegmentedControl
          label={t('answer.label')}
          value={chosen}
          onChange={(state) => say({ state })}
          segments={states.map((id) => ({ id, label: t(`answer.say.${id}`) }))}
        />
      )}
      <TextArea
        label={t(`answer.text.${chosen}`)}
        rows={2}
        value={text}
        onChange={(typed) => say({ text: typed })}
        {...(textProblem === undefined ? {} : { error: fieldWords(textProblem) })}
      />
      {problem !== null && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problem)}
        </Banner>
      )}
      <div className="row">
        <span className="group-state" aria-live="polite">
          {form.keptAt === null || answer?.text === text ? '' : t('ask.kept')}
        </span>
        <span className="row end">
          <Button isPending={isMaking} onPress={() => void make()}>
            {t(`answer.send.${chosen}`)}
          </Button>
        </span>
      </div>
    </DoneByKey>
  );
};
