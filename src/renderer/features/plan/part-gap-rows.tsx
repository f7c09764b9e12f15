import { useTranslation } from 'react-i18next';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { GapSign } from '#renderer/components/signs.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { checkName, elementName, type PartGap } from '../plan-model/index.ts';
import { partGapLines } from './part-gap-lines.ts';

export type PartGapRowsProps = {
  readonly gaps: readonly PartGap[];
  readonly caseId: Id;
  /** What is missing is itself the way to mend it, where there is no room for a word of its own. */
  readonly isLink?: boolean;
};

/** What the plan lacks as a whole, as rows of a list. */
export const PartGapRows = ({ gaps, caseId, isLink = false }: PartGapRowsProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const mend: Readonly<Record<PartGap['gap'], string>> = {
    element: t('plan:gaps.writePart'),
    acceptance: t('plan:gaps.askAcceptance'),
    review: t('plan:gaps.setReview'),
    'review-past': t('plan:gaps.setReview'),
    check: t('plan:gaps.setCheck'),
    'check-past': t('plan:gaps.setCheck'),
  };
  return partGapLines(gaps).map(({ gap, elementIds, row }) => {
    const names =
      row === undefined
        ? elementIds.map((id) => elementName(id, t)).join(', ')
        : checkName(row, languageOf(i18n.language));
    const href = clientHref(caseId, 'plan', {
      recordId: row?.recordId ?? planIdOf(caseId),
      group: row === undefined ? (elementIds[0] ?? null) : null,
    });
    if (isLink) {
      // What is said of the client's word and of the days needs no name beside it.
      return gap === 'element' || row !== undefined ? (
        <li key={`${gap} ${row?.recordId ?? ''}`}>
          <GapSign gap={gap} />
          <span className="grow cut" title={names}>
            <TextLink href={href}>
              <PlainText text={names} />
            </TextLink>
          </span>
        </li>
      ) : (
        <li key={gap}>
          <TextLink href={href}>
            <GapSign gap={gap} />
          </TextLink>
        </li>
      );
    }
    return (
      <li key={`${gap} ${row?.recordId ?? ''}`}>
        <span className="plan-gap-kind">
          <GapSign gap={gap} />
        </span>
        <span className="grow cut" title={names}>
          <PlainText text={names} />
        </span>
        <TextLink href={href}>{mend[gap]}</TextLink>
      </li>
    );
  });
};
