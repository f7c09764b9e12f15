import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { planIdOf, visitQuestionIdOf, type Id } from '#shared/domain/ids.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Card } from '#renderer/components/card.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { TextArea } from '#renderer/components/text-field.tsx';
import { useSyncStatusQuery } from '#renderer/store/calls/sync-api.ts';
import { recordById } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useGroupForm, type GroupForm } from '../editing/index.ts';
import { allNodes, teamOf, titleOf } from '../plan-model/index.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import { askedBy, askedOption, askOptions } from '../requests/index.ts';
import { textIn } from './open-visit.ts';
import type { VisitPartProps } from './tasks-card.tsx';

/** Whom a question of home care is put to until somebody else is chosen. */
const usuallyAsked = 'nurse';

/** The question of one visit; it lies in the joint plan, where its place does. */
export const useQuestionForm = (view: ClientView, visitId: Id): GroupForm => {
  const today = useToday();
  const recordId = visitQuestionIdOf(visitId);
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId,
      kind: 'request',
      compartment: jointPlan,
      group: 'question',
    }),
    [view.caseId, recordId],
  );
  const hasNurse = teamOf(view, today).some(
    ({ when, grant }) => when === 'current' && grant.profession === usuallyAsked,
  );
  const startValue = useMemo<JsonObject>(
    () => ({
      kind: 'question',
      personId: null,
      profession: hasNurse ? usuallyAsked : null,
      recordId: planIdOf(view.caseId),
      group: null,
      text: '',
      due: null,
    }),
    [view.caseId, hasNurse],
  );
  return useGroupForm(target, recordById(view, recordId), { startValue, writesItself: false });
};

/** A question to a colleague, to be sent with the visit; it waits here while there is no network. */
export const QuestionCard = ({ view, directory, tree, form, person }: VisitPartProps) => {
  const { t, i18n } = useTranslation(['visit', 'requests', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const words = useFieldProblemWords();
  const { data: sync } = useSyncStatusQuery();
  const options = useMemo(
    () =>
      askOptions(
        teamOf(view, today),
        directory,
        person?.id ?? null,
        language,
        t('requests:ask.anybody'),
      ),
    [view, today, directory, person, language, t],
  );
  const places = useMemo(
    () => [
      { id: planIdOf(view.caseId), label: t('requests:ask.plan') },
      ...allNodes(tree)
        .filter(
          ({ kind, state, record }) =>
            kind !== 'need' && state !== 'removed' && record.compartment === jointPlan,
        )
        .map((node) => ({
          id: node.id,
          label: `${node.number} ${titleOf(node, language)}`.trim(),
        })),
    ],
    [view.caseId, tree, language, t],
  );
  const errorOf = (field: string) => {
    const code = form.fieldProblem(field);
    return code === undefined ? {} : { error: words(code) };
  };
  const isAsking = textIn(form.value, 'text').trim() !== '';
  return (
    <Card title={t('visit:question')} note={t('visit:questionNote')} className="visit-question">
      <div className="stack">
        <TextArea
          label={t('visit:questionText')}
          value={textIn(form.value, 'text')}
          onChange={(text) => form.set({ text })}
          {...errorOf('text')}
        />
        {isAsking && (
          <>
            <div className="visit-halves">
              <ComboBox
                label={t('requests:ask.whom')}
                description={t('requests:ask.whomHint')}
                options={options}
                value={askedOption(form.value)}
                onChange={(option) => form.set(askedBy(option))}
                {...errorOf('personId')}
              />
              <ComboBox
                label={t('visit:questionAbout')}
                options={places}
                value={textIn(form.value, 'recordId') || null}
                onChange={(recordId) => form.set({ recordId: recordId ?? planIdOf(view.caseId) })}
              />
            </div>
            <p className="muted text-s">
              {t(sync?.state === 'offline' ? 'visit:questionOffline' : 'visit:questionSent')}
            </p>
          </>
        )}
      </div>
    </Card>
  );
};
