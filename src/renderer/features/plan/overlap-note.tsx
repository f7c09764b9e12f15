import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { personOfAction, titleOf, type Overlap, type PlanNode } from '../plan-model/index.ts';

export type OverlapNoteProps = {
  readonly caseId: Id;
  readonly node: PlanNode;
  readonly overlaps: readonly Overlap[];
  readonly directory: Directory;
};

/** That somebody else plans the same, with both people: they agree on it, the program decides nothing. */
export const OverlapNote = ({ caseId, node, overlaps, directory }: OverlapNoteProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const person = (id: Id | null) => (
    <ProfessionName
      profession={directory.professionOf(id)}
      person={directory.nameOf(id) ?? t('records:someone')}
      size="small"
      withProfession
    />
  );
  return (
    <Banner tone="warn" shape="box" title={t('overlap.title')}>
      <ul className="list">
        <li>
          {t('overlap.this')} {person(personOfAction(node))}
        </li>
        {overlaps.map(({ other, isOtherwise }) => (
          <li key={other.id}>
            <TextLink href={clientHref(caseId, 'plan', { recordId: other.id })}>
              {other.number} <PlainText text={titleOf(other, language)} />
            </TextLink>{' '}
            {person(personOfAction(other))}
            {isOtherwise && <span className="muted"> {t('overlap.otherwise')}</span>}
          </li>
        ))}
      </ul>
    </Banner>
  );
};
