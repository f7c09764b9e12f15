import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Directory } from '#renderer/store/people.ts';
import { LastDayDialog } from './last-day-dialog.tsx';
import type { PermissionEntry } from './permission-list.ts';

export type EndPermissionDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly entry: PermissionEntry;
  readonly title: string;
  readonly onClose: () => void;
};

/** The client took it back, or what it was for is over. */
export const EndPermissionDialog = ({ entry, title, ...shown }: EndPermissionDialogProps) => {
  const { t } = useTranslation('permissions');
  const { record, recorded, kind, scope } = entry;
  const value = useMemo(
    () => ({ ...recorded.value, validFrom: scope.validFrom }),
    [recorded.value, scope.validFrom],
  );
  return (
    <LastDayDialog
      {...shown}
      record={record}
      kind={kind}
      group="scope"
      value={value}
      title={t('end.title', { what: title })}
      labels={{
        lastDay: t('end.lastDay'),
        note: t('end.note'),
        cancel: t('form.cancel'),
        carryOut: t('end.carryOut'),
      }}
    />
  );
};
