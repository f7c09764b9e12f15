import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { conflictsOf } from '#renderer/store/reading.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useConflictSentence } from './conflict-sentence.ts';
import { useWhoSettles } from './use-settlers.ts';

export type ConflictBannersProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly directory: Directory;
  /** Only this group's versions, where each group has a place of its own. */
  readonly of?: string;
};

/** Each disputed place of a record: who wrote and when, and the way to settle it. */
export const ConflictBanners = ({ view, record, directory, of }: ConflictBannersProps) => {
  const { t } = useTranslation(['conflict', 'records']);
  const sentence = useConflictSentence(directory);
  const whoSettles = useWhoSettles(view, directory);
  const groups = conflictsOf(record).filter((group) => of === undefined || group === of);
  return groups.map((group) => {
    const heads = record.groups[group]?.heads ?? [];
    const existence = record.existence;
    const whyNot = whoSettles(record.kind, group);
    const isNewer = group === 'existence' ? record.newer : record.groups[group]?.newer === true;
    return (
      <Banner
        key={group}
        tone="fork"
        shape="box"
        title={
          group === 'existence'
            ? t('removedAndEdited.title')
            : t('banner', {
                count: heads.length,
                what: t([`records:group.${record.kind}.${group}`, 'records:group.unknown']),
              })
        }
        {...(isNewer
          ? {}
          : {
              actions: (
                <TextLink
                  href={clientHref(view.caseId, tabOfKind(record.kind), {
                    recordId: record.id,
                    settle: group,
                  })}
                >
                  {t(whyNot === null ? 'settle' : 'notYours.look')}
                </TextLink>
              ),
            })}
      >
        {group === 'existence'
          ? existence.state === 'removed-and-edited' &&
            t('removedAndEdited.short', { reason: existence.reason })
          : sentence(heads)}
        {whyNot !== null && ` ${whyNot}`}
        {isNewer && ` ${t('newer')}`}
      </Banner>
    );
  });
};
