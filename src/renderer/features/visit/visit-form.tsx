import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { compartments, findCode } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { TextArea } from '#renderer/components/text-field.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { recordById } from '#renderer/store/reading.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { DoneByKey, useGroupForm } from '../editing/index.ts';
import { planTree, standingVisits } from '../plan-model/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { BeforeVisit } from './before-visit.tsx';
import { GoalsCard } from './goals-card.tsx';
import { textIn, type OpenVisit } from './open-visit.ts';
import { QuestionCard, useQuestionForm } from './question-card.tsx';
import { TasksCard } from './tasks-card.tsx';
import { useEndVisit } from './use-end-visit.ts';
import { VisitTime } from './visit-time.tsx';

export type VisitFormProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly visit: OpenVisit;
  /** Who visits. */
  readonly person: Person | null;
  readonly onDiscarded: () => void;
  readonly onEnded: () => void;
};

/** A visit from the door to its end, on one page; until it is ended, every press is a draft on this computer. */
export const VisitForm = ({
  view,
  directory,
  visit,
  person,
  onDiscarded,
  onEnded,
}: VisitFormProps) => {
  const { t, i18n } = useTranslation(['visit', 'records']);
  const language = languageOf(i18n.language);
  const now = useNow();
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const page = useRef<HTMLDivElement>(null);
  const [hasTime, setHasTime] = useState(true);
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: visit.recordId,
      kind: 'visit',
      compartment: visit.compartment,
      group: 'report',
    }),
    [view.caseId, visit.recordId, visit.compartment],
  );
  const startValue = useMemo<JsonObject>(() => ({ ...visit.report }) as JsonObject, [visit]);
  const form = useGroupForm(target, recordById(view, visit.recordId), {
    startValue,
    writesItself: false,
  });
  const question = useQuestionForm(view, visit.recordId);
  const tree = useMemo(() => planTree(view), [view]);
  const corrected = textIn(form.value, 'corrects');
  const visits = useMemo(
    () => standingVisits(view).filter(({ record }) => record.id !== corrected),
    [view, corrected],
  );
  const { end, isEnding, problem } = useEndVisit(form, question, page, onEnded);
  const save = (): void => {
    if (hasTime) void end();
  };
  const parts = { view, directory, tree, visits, form, person };
  const errorOf = (field: string) => {
    const code = form.fieldProblem(field);
    return code === undefined ? {} : { error: fieldWords(code) };
  };
  const keptWords = (): string => {
    if (form.state === 'untouched') return t('visit:notKept');
    return form.state === 'typing' || form.keptAt === null
      ? t('visit:keeping')
      : t('visit:kept', { moment: formatMoment(form.keptAt, now, language) });
  };
  const nothingTold = form.fieldProblem('observation') === 'required';
  return (
    <div className="page-body visit" ref={page}>
      <BeforeVisit view={view} directory={directory} tree={tree} visits={visits} />
      <DoneByKey className="visit-form" onDone={save}>
        {corrected !== '' && (
          <Banner tone="info" shape="box">
            {t('visit:correcting')}
          </Banner>
        )}
        <TasksCard {...parts} />
        <GoalsCard {...parts} />
        <Card title={t('visit:seen')} className="visit-seen">
          <div className="stack">
            <TextArea
              label={t('records:field.medicationSeen')}
              description={t('records:hint.medicationSeen')}
              value={textIn(form.value, 'medication')}
              onChange={(medication) => form.set({ medication })}
              {...errorOf('medication')}
            />
            <TextArea
              label={t('records:field.otherSeen')}
              value={textIn(form.value, 'observation')}
              onChange={(observation) => form.set({ observation })}
              {...(nothingTold ? { error: t('visit:tellSomething') } : errorOf('observation'))}
            />
            <VisitTime form={form} onValid={setHasTime} />
          </div>
        </Card>
        <QuestionCard
          view={view}
          directory={directory}
          tree={tree}
          visits={visits}
          form={question}
          person={person}
        />
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
        <div className="visit-end">
          <p className="muted text-s grow">
            {keptWords()}{' '}
            {t('visit:place', {
              place: findCode(compartments, visit.compartment)?.[language] ?? visit.compartment,
            })}
          </p>
          {form.state !== 'untouched' && (
            <Button
              variant="flat"
              onPress={() => {
                form.discard();
                question.discard();
                onDiscarded();
              }}
            >
              {t('visit:discard')}
            </Button>
          )}
          <Button variant="main" icon="check" isPending={isEnding} onPress={save}>
            {t('visit:end')} <Kbd keys="Ctrl ↵" />
          </Button>
        </div>
      </DoneByKey>
    </div>
  );
};
