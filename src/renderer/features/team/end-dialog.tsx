import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { LastDayDialog } from '../permissions/index.ts';
import type { TeamMember } from '../plan-model/index.ts';

export type EndDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly member: TeamMember;
  readonly name: string;
  readonly onClose: () => void;
};

/** Ends a membership; one's own closes the client on this computer. */
export const EndDialog = ({ member, name, ...shown }: EndDialogProps) => {
  const { t } = useTranslation('team');
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const { grant, record } = member;
  return (
    <LastDayDialog
      {...shown}
      record={record}
      kind="membership"
      group="grant"
      value={grant}
      title={t('end.title', { name })}
      labels={{
        lastDay: t('end.lastDay'),
        note: t('end.note'),
        cancel: t('end.cancel'),
        carryOut: t('end.carryOut'),
      }}
    >
      {grant.personId === ownId && (
        <Banner tone="warn" shape="box">
          {t('end.own')}
        </Banner>
      )}
    </LastDayDialog>
  );
};
