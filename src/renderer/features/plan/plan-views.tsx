import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import { IconButton } from '#renderer/components/button.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { hasFamily } from '../family/index.ts';

export type PlanViewsProps = {
  readonly view: ClientView;
  readonly current: 'goals' | 'parts' | 'family';
};

/**
 * The plan's views: needs, goals and actions as a tree, everything else that a plan says, and a child's
 * family.
 */
export const PlanViews = ({ view, current }: PlanViewsProps) => {
  const { t } = useTranslation(['plan', 'planPrint', 'meeting', 'family']);
  const { caseId } = view;
  const hrefs = {
    goals: clientHref(caseId, 'plan'),
    parts: clientHref(caseId, 'plan', { recordId: planIdOf(caseId) }),
    family: clientHref(caseId, 'family'),
  };
  return (
    <>
      <SegmentedControl
        label={t('views.label')}
        value={current}
        onChange={(id) => goTo(hrefs[id])}
        segments={[
          { id: 'goals', label: t('views.goals') },
          { id: 'parts', label: t('views.parts') },
          ...(current === 'family' || hasFamily(view)
            ? [{ id: 'family' as const, label: t('family:view') }]
            : []),
        ]}
      />
      <Tooltip text={t('meeting:open')}>
        <IconButton
          icon="people"
          label={t('meeting:open')}
          onPress={() => goTo(clientHref(caseId, 'meeting'))}
        />
      </Tooltip>
      <Tooltip text={`${t('planPrint:open')} (Ctrl P)`}>
        <IconButton
          icon="print"
          label={t('planPrint:open')}
          onPress={() => goTo(clientHref(caseId, 'print'))}
        />
      </Tooltip>
    </>
  );
};
