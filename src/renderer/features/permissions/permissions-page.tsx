import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { permissionsCompartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { useOwnPart } from '#renderer/store/own-part.ts';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf, recordsOf } from '#renderer/store/reading.ts';
import { PermissionLists } from './permission-lists.tsx';
import { WhoSees } from './who-sees.tsx';
import './permissions.css';

export type PermissionsPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The permission, consent or prohibition to show, when the address names one. */
  readonly recordId: Id | null;
};

/** Whose these are and how to ask: said the same way whether there is anything or not. */
const NotOpen = ({ view, directory }: Pick<PermissionsPageProps, 'view' | 'directory'>) => {
  const { t } = useTranslation('permissions');
  const custodianId = valueOf(recordsOf(view, 'plan')[0], 'plan', 'custodian')?.personId ?? null;
  const name = directory.nameOf(custodianId);
  return (
    <div className="page-body permissions-closed">
      <Banner tone="info" shape="box">
        {t('notOpen')} {name === null ? t('askTeam') : t('askCustodian', { name })}
      </Banner>
    </div>
  );
};

/** What the client has allowed and forbidden, and who sees what because of it. */
export const PermissionsPage = ({ view, directory, recordId }: PermissionsPageProps) => {
  const { t } = useTranslation('permissions');
  const [shows, setShows] = useState<'records' | 'who'>('records');
  const part = useOwnPart(view, permissionsCompartment);
  if (!part) return <NotOpen view={view} directory={directory} />;
  return (
    <div className="page-body permissions">
      <div className="permissions-head">
        <SegmentedControl
          label={t('shows.label')}
          value={shows}
          onChange={setShows}
          segments={[
            { id: 'records', label: t('shows.records') },
            { id: 'who', label: t('shows.who') },
          ]}
        />
        {!part.manages && <span className="muted text-s">{t('readOnly')}</span>}
      </div>
      {shows === 'records' ? (
        <PermissionLists
          view={view}
          directory={directory}
          recordId={recordId}
          mayRecord={part.manages}
        />
      ) : (
        <WhoSees view={view} directory={directory} />
      )}
    </div>
  );
};
