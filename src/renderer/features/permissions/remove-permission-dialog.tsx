import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Directory } from '#renderer/store/people.ts';
import { RemovalDialog } from '../editing/index.ts';
import { AccessPreview } from './access-preview.tsx';
import type { PermissionEntry } from './permission-list.ts';

export type RemovePermissionDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly entry: PermissionEntry;
  readonly title: string;
  readonly onClose: () => void;
};

/** For what was recorded by mistake: it counts no more, and its versions stay in the history. */
export const RemovePermissionDialog = ({
  view,
  directory,
  entry: { record, kind },
  title,
  onClose,
}: RemovePermissionDialogProps) => {
  const { t } = useTranslation('permissions');
  const asked = useMemo(
    () => ({ caseId: view.caseId, kind, recordId: record.id, value: null }),
    [view.caseId, kind, record.id],
  );
  return (
    <RemovalDialog
      caseId={view.caseId}
      recordId={record.id}
      title={t('remove.title', { what: title })}
      labels={{
        why: t('remove.why'),
        stays: t('remove.stays'),
        reasonMissing: t('remove.reasonMissing'),
        cancel: t('form.cancel'),
        carryOut: t('remove.carryOut'),
      }}
      before={<p>{t('remove.note')}</p>}
      onClose={onClose}
    >
      <AccessPreview asked={asked} directory={directory} />
    </RemovalDialog>
  );
};
