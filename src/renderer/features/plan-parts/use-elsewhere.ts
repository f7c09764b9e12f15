import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { ElsewhereId } from '#shared/domain/plan-elements.ts';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import {
  allNodes,
  isActiveAction,
  isActiveGoal,
  plannedServices,
  privatePeople,
  titleOf,
  type PlanNode,
  type PlanTree,
} from '../plan-model/index.ts';

/** One line of what is told by other rows, with the way to where it is written. */
export type ElsewhereLine = {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly href: string;
};

const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' · ');

const standing = (tree: PlanTree, kind: PlanNode['kind']): readonly PlanNode[] =>
  allNodes(tree).filter((node) => node.kind === kind && node.state !== 'removed');

/** What the plan says of an element by its rows and by the team. */
export const useElsewhere = (
  view: ClientView,
  tree: PlanTree,
  directory: Directory,
): ((id: ElsewhereId) => readonly ElsewhereLine[]) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const rowLine = (node: PlanNode, note: string): ElsewhereLine => ({
    id: node.id,
    label: `${node.number} ${titleOf(node, language)}`.trim(),
    note,
    href: clientHref(view.caseId, 'plan', { recordId: node.id }),
  });

  const service = (node: PlanNode): ElsewhereLine => {
    const schedule = valueOf(node.record, 'action', 'schedule');
    const planned = valueOf(node.record, 'action', 'service');
    const [start, end] = [schedule?.start ?? null, schedule?.end ?? null];
    return rowLine(
      node,
      joined(
        planned?.name ?? '',
        planned?.isNecessary === true ? t('records:field.isNecessary') : '',
        start === null && end === null
          ? ''
          : `${start === null ? '' : formatDate(start)}–${end === null ? '' : formatDate(end)}`,
        valueOf(node.record, 'action', 'provider')?.name ?? '',
      ),
    );
  };

  const providers = (): readonly ElsewhereLine[] => {
    const actions = standing(tree, 'action').filter(isActiveAction);
    const byPerson = Map.groupBy(
      actions,
      (node) => valueOf(node.record, 'action', 'responsibility')?.responsibleId ?? null,
    );
    return [...byPerson].flatMap(([personId, theirs]) =>
      personId === null
        ? []
        : [
            {
              id: personId,
              label: directory.nameOf(personId) ?? t('records:someone'),
              note: joined(
                professionWord(directory.professionOf(personId), language),
                t('plan:parts.answersFor', { count: theirs.length }),
              ),
              href: clientHref(view.caseId, 'team'),
            },
          ],
    );
  };

  const people = (): readonly ElsewhereLine[] =>
    privatePeople(view).flatMap((record) => {
      const details = valueOf(record, 'representative', 'details');
      return details === null
        ? []
        : [
            {
              id: record.id,
              label: joined(details.name, t(`records:representativeRole.${details.role}`)),
              note: details.taskInPlan,
              href: clientHref(view.caseId, 'team', { recordId: record.id }),
            },
          ];
    });

  return (id) => {
    switch (id) {
      case 'goals':
        return standing(tree, 'goal')
          .filter(isActiveGoal)
          .map((node) => rowLine(node, ''));
      case 'services':
        return plannedServices(tree).map(service);
      case 'providers':
        return providers();
      default:
        return people();
    }
  };
};
