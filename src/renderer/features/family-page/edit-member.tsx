import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import { GroupSection, RemovalDialog, useGroupForm } from '../editing/index.ts';

export type EditMemberProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly record: RecordView;
  readonly onClose: () => void;
};

/** What this plan says of a member; removing it here changes nothing in the other's plan. */
export const EditMember = ({ view, directory, record, onClose }: EditMemberProps) => {
  const { t } = useTranslation(['family', 'records']);
  const [removes, setRemoves] = useState(false);
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: record.id,
      kind: 'family-member',
      compartment: record.compartment,
      group: 'member',
    }),
    [view.caseId, record.id, record.compartment],
  );
  const form = useGroupForm(target, record);
  const close = (): void => {
    form.write();
    onClose();
  };
  if (removes) {
    return (
      <RemovalDialog
        caseId={view.caseId}
        recordId={record.id}
        title={t('family:remove.title')}
        width="narrow"
        labels={{
          why: t('family:remove.why'),
          stays: t('family:remove.stays'),
          reasonMissing: t('family:remove.reasonMissing'),
          cancel: t('family:cancel'),
          carryOut: t('family:remove.carryOut'),
        }}
        onClose={() => setRemoves(false)}
        onRemoved={onClose}
      />
    );
  }
  return (
    <Dialog
      title={t('records:kind.family-member')}
      isOpen
      onClose={close}
      actions={
        <>
          <Button variant="bad" onPress={() => setRemoves(true)}>
            {t('family:remove.open')}
          </Button>
          <Button variant="main" onPress={close}>
            {t('family:done')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <ConflictBanners view={view} record={record} directory={directory} />
        <GroupSection
          form={form}
          view={record.groups['member']}
          surroundings={{ view, directory }}
          title={t('records:group.family-member.member')}
          autoFocus
        />
      </div>
    </Dialog>
  );
};
