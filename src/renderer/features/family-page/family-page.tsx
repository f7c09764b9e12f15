import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useFamily } from '../family/index.ts';
import { PlanViews } from '../plan/index.ts';
import { CommonRows } from './common-rows.tsx';
import { EditMember } from './edit-member.tsx';
import { MemberList } from './member-list.tsx';
import { NewMember } from './new-member.tsx';
import './family-page.css';

export type FamilyPageProps = { readonly view: ClientView; readonly directory: Directory };

/** A child's family: who belongs to it, whose plans one may open, and what the children have in common. */
export const FamilyPage = ({ view, directory }: FamilyPageProps) => {
  const { t } = useTranslation('family');
  const family = useFamily(view);
  const [isAdding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<Id | null>(null);
  const open = family.members.find(({ record }) => record.id === openId);
  const add = (
    <Button variant="main" icon="plus" onPress={() => setAdding(true)}>
      {t('add.open')}
    </Button>
  );
  return (
    <div className="page-body family-page">
      <div className="plan-bar row row-wrap">
        <PlanViews view={view} current="family" />
        {family.members.length > 0 && <span className="row end">{add}</span>}
      </div>
      <p className="family-wall">{t('wall')}</p>
      <div className="family-cards">
        <Card title={t('members')} note={family.members.length || undefined}>
          {family.members.length === 0 ? (
            <EmptyState action={add}>{t('noMembers')}</EmptyState>
          ) : (
            <MemberList members={family.members} onOpen={setOpenId} />
          )}
        </Card>
        <Card title={t('common')} note={family.common.size || undefined}>
          <CommonRows view={view} family={family} />
        </Card>
      </div>
      {isAdding && (
        <NewMember view={view} members={family.members} onClose={() => setAdding(false)} />
      )}
      {open && (
        <EditMember
          key={open.record.id}
          view={view}
          directory={directory}
          record={open.record}
          onClose={() => setOpenId(null)}
        />
      )}
    </div>
  );
};
