import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { contingencyTriggers, findCode } from '#shared/domain/codes.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { riskName } from '../plan-model/index.ts';
import type { RiskLines } from './risk-lines.ts';

type RiskCardProps = {
  readonly view: ClientView;
  readonly lines: RiskLines;
  readonly isReadOnly: boolean;
};

/** What must be known before one meets the client, and what is done when something fails. */
export const RiskCard = ({ view, lines, isReadOnly }: RiskCardProps) => {
  const { t, i18n } = useTranslation('overview');
  const language = languageOf(i18n.language);
  const { shown, all, hasRisk } = lines;
  const toRisks = clientHref(view.caseId, 'plan', {
    recordId: planIdOf(view.caseId),
    group: 'risk',
  });
  return (
    <Card
      title={t('risksAndContingency')}
      {...(all > shown.length ? { note: t('shownOf', { shown: shown.length, all }) } : {})}
      {...(hasRisk ? { more: <TextLink href={toRisks}>{t('allRisks')}</TextLink> } : {})}
      className="overview-risks"
    >
      {!hasRisk && (
        <EmptyState
          action={isReadOnly ? undefined : <TextLink href={toRisks}>{t('addRisk')}</TextLink>}
        >
          {t('noRisks')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <ul className="list">
          {shown.map(({ of, id, code, text }) => {
            const name =
              of === 'risk'
                ? riskName(code, language)
                : (findCode(contingencyTriggers, code)?.[language] ?? code);
            return (
              <li key={id}>
                <span className="overview-trigger overview-risk" title={name}>
                  {of === 'risk' && <Icon name="alert" size={13} />}
                  <span className="overview-line">
                    <TextLink href={clientHref(view.caseId, 'plan', { recordId: id })}>
                      {name}
                    </TextLink>
                  </span>
                </span>
                <span className="overview-line grow" title={text}>
                  <PlainText text={text} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
};
