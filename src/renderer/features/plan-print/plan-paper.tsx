import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { planSections } from '#shared/domain/plan-elements.ts';
import { formatDate, formatDateTime, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import {
  clientFacts,
  elementName,
  elementStates,
  isForPaper,
  planTree,
  type ElementState,
} from '../plan-model/index.ts';
import { useElsewhere } from '../plan-parts/index.ts';
import { NeedsOnPaper } from './needs-on-paper.tsx';
import { SaidLines } from './said-lines.tsx';
import { useSaid } from './use-said.ts';

export type PlanPaperProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly printer: { readonly name: string; readonly profession: string };
  readonly printedMs: number;
};

/**
 * The plan as the client gets it, in the order of the national client plan and in the language around it.
 * Who the client is stands by name and birth date: an identity code is not printed needlessly
 * (1050/2018 29 §). What the printer may not see is not there, and nothing tells of it.
 */
export const PlanPaper = ({ view, directory, printer, printedMs }: PlanPaperProps) => {
  const { t, i18n } = useTranslation(['planPrint', 'plan', 'records']);
  const language = languageOf(i18n.language);
  const saidOf = useSaid(view, directory);
  const tree = planTree(view);
  const elsewhere = useElsewhere(view, tree, directory);
  const facts = clientFacts(view);
  const written = elementStates(view, tree).filter(
    ({ isWritten, element, records }) =>
      isWritten && (element.shape !== 'rows' || records.some(isForPaper)),
  );

  const content = ({ element, records }: ElementState) => {
    if (element.shape === 'group') {
      return tree.plan && <SaidLines said={saidOf(tree.plan, element.group)} />;
    }
    if (element.shape === 'rows') {
      return records
        .filter(isForPaper)
        .map((record) => (
          <SaidLines
            key={record.id}
            said={[element.group, ...(element.more ?? [])].flatMap((group) =>
              saidOf(record, group),
            )}
          />
        ));
    }
    if (element.id === 'goals') {
      return <NeedsOnPaper tree={tree} saidOf={saidOf} directory={directory} />;
    }
    return (
      <ul>
        {elsewhere(element.id).map(({ id, label, note }) => (
          <li key={id}>
            <PlainText text={note === '' ? label : `${label}: ${note}`} />
          </li>
        ))}
      </ul>
    );
  };

  return (
    <>
      <h2>{t('planPrint:title')}</h2>
      <p>
        <b>
          <PlainText text={facts.name} />
        </b>
        {facts.birthDate !== null &&
          `, ${t('planPrint:born', { date: formatDate(facts.birthDate) })}`}
      </p>
      {planSections.map((section) => {
        const states = written.filter(({ element }) => element.section === section);
        return states.length === 0 ? null : (
          <section key={section} className="paper-section">
            <h3>{t(`plan:parts.section.${section}`)}</h3>
            {states.map((state) => (
              <section key={state.element.id} className="paper-part">
                <h4>{elementName(state.element.id, t)}</h4>
                {state.versions > 0 && <p className="paper-note">{t('planPrint:twoVersions')}</p>}
                {content(state)}
              </section>
            ))}
          </section>
        );
      })}
      <p className="paper-foot">
        {t('planPrint:made', {
          time: formatDateTime(printedMs, language),
          name: printer.name,
          profession: professionWord(printer.profession, language).toLocaleLowerCase(language),
        })}{' '}
        {t('planPrint:rights')}
      </p>
    </>
  );
};
