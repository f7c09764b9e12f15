import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { GapSign } from '#renderer/components/signs.tsx';
import { titleOf, type PartGap, type PlanGap } from '../plan-model/index.ts';
import { PartGapRows } from './part-gap-rows.tsx';

export type GapListProps = {
  readonly gaps: readonly PlanGap[];
  readonly onOpen: (gap: PlanGap) => void;
  /** What the plan lacks as a whole. */
  readonly parts: readonly PartGap[];
  readonly caseId: Id;
};

/** What the plan lacks, each with the way to mend it. */
export const GapList = ({ gaps, onOpen, parts, caseId }: GapListProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const mend: Readonly<Record<PlanGap['gap'], string>> = {
    responsible: t('gaps.nameResponsible'),
    deputy: t('gaps.nameDeputy'),
    goal: t('gaps.addGoal'),
    start: t('gaps.setStart'),
    measure: t('gaps.describeLevels'),
  };
  return (
    <Card
      title={t('gaps.title')}
      note={String(gaps.length + parts.length)}
      more={
        <span className="muted text-xs">
          {t('gaps.next')} <Kbd keys="F8" />
        </span>
      }
      className="plan-gaps"
    >
      <ul className="list plan-gap-list">
        <PartGapRows gaps={parts} caseId={caseId} />
        {gaps.map((gap) => (
          <li key={`${gap.node.id}-${gap.gap}`}>
            <span className="plan-gap-kind">
              <GapSign gap={gap.gap} />
            </span>
            <span className="grow cut">
              {gap.node.number} <PlainText text={titleOf(gap.node, language)} />
            </span>
            <TextLink onPress={() => onOpen(gap)}>{mend[gap.gap]}</TextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
};
