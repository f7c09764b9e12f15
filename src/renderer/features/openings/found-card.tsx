import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { formatDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';

export type FoundClient = NonNullable<CallOutput<'clients.find'>['found']>;

/** Who was found, and no more than tells that it is the right person. */
export const FoundCard = ({
  name,
  birthDate,
  restraint,
  children,
}: {
  readonly name: string;
  readonly birthDate: string | null;
  readonly restraint: boolean;
  /** What one may do. */
  readonly children: string;
}) => {
  const { t } = useTranslation(['openings', 'records']);
  return (
    <section className="opening-found" aria-label={t('found.label')}>
      <div className="row">
        <b className="text-l">
          <PlainText text={name} />
        </b>
        {birthDate !== null && (
          <span className="muted nowrap">{t('found.born', { date: formatDate(birthDate) })}</span>
        )}
        {restraint && (
          <Tag tone="bad" icon="alert">
            {t('records:restraint')}
          </Tag>
        )}
      </div>
      <p className="text-s">{children}</p>
    </section>
  );
};

/** Nobody opens their own record, whatever the ground. */
export const OwnRecord = () => {
  const { t } = useTranslation('openings');
  return (
    <Banner tone="info" shape="box" announce="polite">
      {t('ownRecord')}
    </Banner>
  );
};
