import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { contactIdOf, type Id } from '#shared/domain/ids.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { recordById } from '#renderer/store/reading.ts';
import { clientHref, goTo, tabOfKind } from '#renderer/store/route.ts';
import { BehindRestraint } from '../client-details/index.ts';
import { SettleExistence, SettleGroup } from '../conflicts/index.ts';

type SettlingProps = {
  readonly view: ClientView;
  readonly recordId: Id;
  readonly group: string;
  readonly directory: Directory;
};

const Versions = ({ view, recordId, group, directory }: SettlingProps) => {
  const { t } = useTranslation('client');
  const record = recordById(view, recordId);
  if (!record) return <EmptyState>{t('recordGone')}</EmptyState>;
  const close = (): void =>
    goTo(
      clientHref(view.caseId, tabOfKind(record.kind), {
        recordId,
        group: record.kind === 'plan' ? group : null,
      }),
    );
  return group === 'existence' ? (
    <SettleExistence view={view} record={record} directory={directory} onClose={close} />
  ) : (
    <SettleGroup
      key={`${recordId}/${group}`}
      view={view}
      record={record}
      group={group}
      directory={directory}
      onClose={close}
    />
  );
};

/** Versions of one place side by side; those of contact details stay behind a restraint on disclosure. */
export const Settling = (props: SettlingProps) =>
  props.recordId === contactIdOf(props.view.caseId) ? (
    <BehindRestraint view={props.view}>
      {(shown) => <Versions {...props} view={shown} />}
    </BehindRestraint>
  ) : (
    <Versions {...props} />
  );
