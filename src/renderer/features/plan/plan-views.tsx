import { useTranslation } from 'react-i18next';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import { IconButton } from '#renderer/components/button.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { clientHref, goTo } from '#renderer/store/route.ts';

export type PlanViewsProps = {
  readonly caseId: Id;
  readonly current: 'goals' | 'parts';
};

/** The plan's two views: needs, goals and actions as a tree, and everything else that a plan says. */
export const PlanViews = ({ caseId, current }: PlanViewsProps) => {
  const { t } = useTranslation(['plan', 'planPrint', 'meeting']);
  return (
    <>
      <SegmentedControl
        label={t('views.label')}
        value={current}
        onChange={(view) =>
          goTo(clientHref(caseId, 'plan', view === 'parts' ? { recordId: planIdOf(caseId) } : {}))
        }
        segments={[
          { id: 'goals', label: t('views.goals') },
          { id: 'parts', label: t('views.parts') },
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
