import { useTranslation } from 'react-i18next';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { actionsOf, type PlanTree } from '../plan-model/index.ts';
import type { BraidLane } from './braid-geometry.ts';

export type BraidLabelsProps = {
  readonly lanes: readonly BraidLane[];
  readonly tree: PlanTree;
  readonly directory: Directory;
  /** Pixels of one line. */
  readonly height: number;
};

/** Whose strand each is, since when, and how much of the plan's work is theirs. */
export const BraidLabels = ({ lanes, tree, directory, height }: BraidLabelsProps) => {
  const { t, i18n } = useTranslation('overview');
  const language = languageOf(i18n.language);
  return (
    <ul className="braid-labels" aria-label={t('braid.strands')}>
      {lanes.map(({ strand: { mark, from, to, personIds } }) => {
        const word = professionWord(mark, language);
        const names = personIds.flatMap((id) => directory.nameOf(id) ?? []);
        const actions = personIds.reduce((sum, id) => sum + actionsOf(tree, id).length, 0);
        return (
          <li key={mark} style={{ height }} title={[word, ...names].join('\n')}>
            <span className="braid-name">
              <ProfessionName profession={mark} person={names[0] ?? word} size="tiny" />
            </span>
            {names.length > 1 && <span className="muted">+{names.length - 1}</span>}
            {actions > 0 && <span className="muted end">{t('actions', { count: actions })}</span>}
            <VisuallyHidden>
              {to === null
                ? t('braid.since', { from: formatDate(from) })
                : t('braid.between', { from: formatDate(from), to: formatDate(to) })}
            </VisuallyHidden>
          </li>
        );
      })}
    </ul>
  );
};
