import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Tag } from '#renderer/components/tag.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { riskName, riskTypesNow, risksNow } from '../plan-model/index.ts';

/** So many stand beside the name; the others behind a count. */
const fewTags = 3;

/** What kinds of risks there are, in sight on every page of the client. */
export const RiskTags = ({ view }: { readonly view: ClientView }) => {
  const { t, i18n } = useTranslation('client');
  const language = languageOf(i18n.language);
  const types = useMemo(() => riskTypesNow(risksNow(view)), [view]);
  if (types.length === 0) return undefined;
  const more = types.length - fewTags;
  return (
    <ul className="risk-tags" aria-label={t('risks')}>
      {types.slice(0, fewTags).map(({ type, means }) => (
        <li key={type} title={means.join('\n')}>
          <Tag tone="warn" icon="alert">
            {riskName(type, language)}
          </Tag>
        </li>
      ))}
      {more > 0 && (
        <li>
          <TextLink
            href={clientHref(view.caseId, 'plan', {
              recordId: planIdOf(view.caseId),
              group: 'risk',
            })}
          >
            {t('moreRisks', { count: more })}
          </TextLink>
        </li>
      )}
    </ul>
  );
};
