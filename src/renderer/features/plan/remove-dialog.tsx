import { useTranslation } from 'react-i18next';
import { RemovalDialog } from '../editing/index.ts';

export type RemoveDialogProps = {
  readonly caseId: string;
  readonly recordId: string;
  /** `tavoite 1.2` */
  readonly what: string;
  /** How many standing rows hang on it. */
  readonly below: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
};

/** Removes a row of the plan, and says how many hang on it. */
export const RemoveDialog = ({ what, below, ...removal }: RemoveDialogProps) => {
  const { t } = useTranslation('plan');
  return (
    <RemovalDialog
      {...removal}
      title={t('remove.title', { what })}
      width="narrow"
      labels={{
        why: t('remove.why'),
        stays: t('remove.stays'),
        reasonMissing: t('remove.reasonMissing'),
        cancel: t('remove.cancel'),
        carryOut: t('remove.carryOut'),
      }}
    >
      {below > 0 && <p>{t('remove.below', { count: below })}</p>}
    </RemovalDialog>
  );
};
