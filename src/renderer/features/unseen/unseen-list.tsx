import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { civilDateOf, formatShortDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useRecordName } from '../conflicts/index.ts';
import type { UnseenRecord } from './unseen.ts';

export type UnseenListProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly unseen: readonly UnseenRecord[];
};

/** Each with what it is, what of it changed, who wrote and when; the link goes to the place itself. */
export const UnseenList = ({ view, directory, unseen }: UnseenListProps) => {
  const { t } = useTranslation(['unseen', 'records']);
  const today = useToday();
  const nameOf = useRecordName(view, directory);
  const group = (kind: string, name: string): string =>
    name === 'existence'
      ? t('existence')
      : t([`records:group.${kind}.${name}`, 'records:group.unknown']);
  return (
    <ul className="list unseen-list">
      {unseen.map(({ record, section, groups, latest, time }) => {
        const { name, title } = nameOf(record.id);
        const author = latest && (directory.nameOf(latest.authorId) ?? t('records:someone'));
        return (
          <li key={record.id}>
            {latest && <ProfessionMark profession={latest.profession} />}
            <span className="grow">
              <span className="overview-line" title={title}>
                <TextLink href={clientHref(view.caseId, section, { recordId: record.id })}>
                  <PlainText text={`${name} ${title}`.trim()} />
                </TextLink>
              </span>
              <span className="muted text-xs overview-line">
                {[
                  author,
                  formatShortDate(civilDateOf(time), today),
                  groups.map((each) => group(record.kind, each)).join(', '),
                ]
                  .filter((word) => word !== undefined && word !== '')
                  .join(' · ')}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
};
