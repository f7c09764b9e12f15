import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { titleOf, type Contradiction, type Side } from '../plan-model/index.ts';

export type ContradictionNoteProps = {
  readonly caseId: Id;
  readonly contradictions: readonly Contradiction[];
  readonly directory: Directory;
};

/** What speaks against this row, with both people and what they can do: they agree, the program decides nothing. */
export const ContradictionNote = ({
  caseId,
  contradictions,
  directory,
}: ContradictionNoteProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const person = ({ personId }: Side) => (
    <ProfessionName
      profession={directory.professionOf(personId)}
      person={directory.nameOf(personId) ?? t('records:someone')}
      size="small"
      withProfession
    />
  );
  return (
    <Banner tone="warn" shape="box" title={t('contradiction.title')}>
      <ul className="list">
        {contradictions.map(({ rule, own, other }) => (
          <li key={`${rule} ${other.recordId}`} className="plan-contradiction">
            <span>{t(`contradiction.what.${rule}`)}</span>
            <span>
              {t('contradiction.this')} {person(own)}
            </span>
            <span>
              <TextLink href={clientHref(caseId, 'plan', { recordId: other.recordId })}>
                {other.node === null ? (
                  t('contradiction.view')
                ) : (
                  <>
                    {other.node.number} <PlainText text={titleOf(other.node, language)} />
                  </>
                )}
              </TextLink>{' '}
              {person(other)}
            </span>
            <b>{t(`contradiction.next.${rule}`)}</b>
          </li>
        ))}
      </ul>
    </Banner>
  );
};
