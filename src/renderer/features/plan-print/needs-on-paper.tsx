import { useTranslation } from 'react-i18next';
import { findCode, lifeAreas } from '#shared/domain/codes.ts';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf, versionsOf } from '#renderer/store/reading.ts';
import { isActiveAction, titleOf, type PlanNode, type PlanTree } from '../plan-model/index.ts';
import { SaidLines } from './said-lines.tsx';
import { saidIn, type Said } from './use-said.ts';

type SaidOf = (record: PlanNode['record'], group: string) => readonly Said[];

type RowProps = {
  readonly node: PlanNode;
  readonly saidOf: SaidOf;
  readonly directory: Directory;
};

const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' · ');

const stands = (node: PlanNode): boolean => node.state !== 'removed';

/** Two versions stand until somebody settles them: paper must not tell one of them as if it were agreed. */
const TwoVersions = ({ node }: { readonly node: PlanNode }) => {
  const { t } = useTranslation('planPrint');
  return versionsOf(node.record) > 0 ? <p className="paper-note">{t('twoVersions')}</p> : null;
};

const ActionRow = ({ node, saidOf, directory }: RowProps) => {
  const { t, i18n } = useTranslation(['planPrint', 'records']);
  const language = languageOf(i18n.language);
  const responsibility = valueOf(node.record, 'action', 'responsibility');
  const schedule = saidOf(node.record, 'schedule');
  const status = saidOf(node.record, 'status');
  const nameOf = (id: string | null | undefined): string =>
    id ? (directory.nameOf(id) ?? t('records:someone')) : '';
  const responsible = responsibility?.responsibleId ?? null;
  const start = valueOf(node.record, 'action', 'schedule')?.start ?? null;
  const end = valueOf(node.record, 'action', 'schedule')?.end ?? null;
  const period =
    start === null && end === null
      ? ''
      : `${start === null ? '' : formatDate(start)}–${end === null ? '' : formatDate(end)}`;
  return (
    <tr>
      <th scope="row">
        <PlainText text={`${node.number} ${titleOf(node, language)}`.trim()} />
        <SaidLines
          said={saidOf(node.record, 'content').filter(({ field }) => field === 'description')}
        />
        <TwoVersions node={node} />
      </th>
      <td>
        <PlainText text={nameOf(responsible)} />
        {responsible !== null &&
          `, ${professionWord(directory.professionOf(responsible), language).toLocaleLowerCase(language)}`}
      </td>
      <td>
        <PlainText text={nameOf(responsibility?.deputyId)} />
      </td>
      <td>
        <PlainText text={joined(saidIn(schedule, 'frequency'), period)} />
      </td>
      <td>
        <PlainText text={joined(saidIn(status, 'status'), saidIn(status, 'reason'))} />
      </td>
    </tr>
  );
};

const GoalOnPaper = ({ node, saidOf, directory }: RowProps) => {
  const { t, i18n } = useTranslation('planPrint');
  const language = languageOf(i18n.language);
  const target = saidOf(node.record, 'target');
  const lifecycle = saidIn(saidOf(node.record, 'lifecycle'), 'status');
  const achievement = saidIn(saidOf(node.record, 'achievement'), 'achievement');
  const actions = node.children.filter(stands);
  return (
    <section className="paper-goal">
      <h5>
        <PlainText text={`${node.number} ${titleOf(node, language)}`.trim()} />
      </h5>
      <SaidLines
        said={saidOf(node.record, 'statement').filter(({ field }) => field === 'description')}
      />
      <p className="paper-note">
        {joined(
          lifecycle,
          achievement,
          target.length > 0 ? t('target', { date: saidIn(target, 'date') }) : '',
        )}
      </p>
      <TwoVersions node={node} />
      {actions.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.action')}</th>
              <th scope="col">{t('column.responsible')}</th>
              <th scope="col">{t('column.deputy')}</th>
              <th scope="col">{t('column.when')}</th>
              <th scope="col">{t('column.state')}</th>
            </tr>
          </thead>
          <tbody>
            {actions
              .toSorted((a, b) => Number(isActiveAction(b)) - Number(isActiveAction(a)))
              .map((action) => (
                <ActionRow key={action.id} node={action} saidOf={saidOf} directory={directory} />
              ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

/** Needs with their goals, and under each goal what is done for it, by whom and when. */
export const NeedsOnPaper = ({
  tree,
  saidOf,
  directory,
}: {
  readonly tree: PlanTree;
  readonly saidOf: SaidOf;
  readonly directory: Directory;
}) => {
  const { i18n } = useTranslation('planPrint');
  const language = languageOf(i18n.language);
  return tree.needs.filter(stands).map((need) => {
    const area = findCode(lifeAreas, need.lifeArea ?? '')?.[language] ?? '';
    return (
      <section key={need.id} className="paper-need">
        <h4>
          <PlainText text={`${need.number} ${titleOf(need, language)}`.trim()} />
        </h4>
        {area !== '' && area !== titleOf(need, language) && <p className="paper-note">{area}</p>}
        <TwoVersions node={need} />
        <SaidLines said={saidOf(need.record, 'client-words')} />
        <SaidLines said={saidOf(need.record, 'assessment')} />
        {need.children.filter(stands).map((goal) => (
          <GoalOnPaper key={goal.id} node={goal} saidOf={saidOf} directory={directory} />
        ))}
      </section>
    );
  });
};
