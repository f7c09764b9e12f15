import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { IconButton, TextLink } from '#renderer/components/button.tsx';
import { formatDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { versionsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { clientName } from '../clients/index.ts';
import type { Member } from '../family/index.ts';

export type MemberListProps = {
  readonly members: readonly Member[];
  readonly onOpen: (recordId: Id) => void;
};

/** Each member as this plan tells of them; a link where one may see that client. */
export const MemberList = ({ members, onOpen }: MemberListProps) => {
  const { t } = useTranslation(['family', 'records']);
  return (
    <ul className="list">
      {members.map(({ record, relation, name, client }) => {
        const shown = name === '' ? t(`records:familyRelation.${relation}`) : name;
        return (
          <li key={record.id}>
            <span className="grow family-member">
              <b>
                <PlainText text={shown} />
              </b>
              {name !== '' && (
                <span className="muted">{t(`records:familyRelation.${relation}`)}</span>
              )}
              {client !== null && (
                <span className="muted text-xs">
                  <PlainText text={clientName(client.client)} />
                  {client.client.birthDate === null
                    ? ''
                    : ` · ${t('family:born', { date: formatDate(client.client.birthDate) })}`}
                </span>
              )}
            </span>
            {versionsOf(record) > 0 && <ForkSign versions={versionsOf(record)} />}
            {client !== null && (
              <TextLink href={clientHref(client.client.caseId, 'plan')}>
                {t('family:openPlan', { name: shown })}
              </TextLink>
            )}
            <Tooltip text={t('family:edit.open', { name: shown })}>
              <IconButton
                icon="edit"
                label={t('family:edit.open', { name: shown })}
                onPress={() => onOpen(record.id)}
              />
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
};
