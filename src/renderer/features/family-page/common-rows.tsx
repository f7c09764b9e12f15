import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { CommonSign, type Family } from '../family/index.ts';
import { allNodes, planTree, titleOf } from '../plan-model/index.ts';

export type CommonRowsProps = { readonly view: ClientView; readonly family: Family };

/** The rows that siblings have too, in reading order; pressing one shows where it differs. */
export const CommonRows = ({ view, family }: CommonRowsProps) => {
  const { t, i18n } = useTranslation(['family', 'records']);
  const language = languageOf(i18n.language);
  const rows = useMemo(
    () => allNodes(planTree(view)).filter(({ id }) => (family.common.get(id) ?? []).length > 0),
    [view, family],
  );
  if (rows.length === 0) {
    return (
      <EmptyState
        action={<TextLink href={clientHref(view.caseId, 'plan')}>{t('family:toGoals')}</TextLink>}
      >
        {t('family:noCommon')}
      </EmptyState>
    );
  }
  return (
    <ul className="list">
      {rows.map((node) => {
        const common = family.common.get(node.id) ?? [];
        return (
          <li key={node.id}>
            <span className="grow family-member">
              <TextLink href={clientHref(view.caseId, 'plan', { recordId: node.id })}>
                <PlainText text={`${node.number} ${titleOf(node, language)}`.trim()} />
              </TextLink>
              <span className="muted text-xs">
                {t(`records:kind.${node.kind}`)} ·{' '}
                <PlainText
                  text={t('family:alsoIn', {
                    names: common.map(({ sibling }) => sibling.name).join(', '),
                  })}
                />
              </span>
            </span>
            <CommonSign common={common} />
          </li>
        );
      })}
    </ul>
  );
};
