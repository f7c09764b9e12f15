import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import { Button } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Icon, type IconName } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { useDismissReviewedMutation } from '#renderer/store/calls/sync-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useNow } from '#renderer/store/use-now.ts';

type Reviewed = CallOutput<'sync.reviewed'>['rows'][number];

const signs: Readonly<Record<Reviewed['state'], IconName>> = {
  review: 'clock',
  accepted: 'check',
  returned: 'edit',
};

/** Work of one's own that somebody decides about: what it said is not told, for the right to it has ended. */
export const ReviewedRow = ({
  row,
  directory,
}: {
  readonly row: Reviewed;
  readonly directory: Directory;
}) => {
  const { t, i18n } = useTranslation(['sync', 'records']);
  const now = useNow();
  const language = languageOf(i18n.language);
  const [dismiss, { isLoading }] = useDismissReviewedMutation();
  const { state, takenMs, decidedMs, reviewerId, reason } = row;
  const reviewer = directory.nameOf(reviewerId);
  return (
    <li>
      <Icon name={signs[state]} size={15} />
      <div className="grow">
        <span>
          <b>{t(`reviewed.${state}`)}</b>{' '}
          <span className="muted">
            {t('reviewed.taken', { moment: formatMoment(takenMs, now, language) })}
            {decidedMs !== null &&
              ` · ${t('reviewed.decided', { moment: formatMoment(decidedMs, now, language) })}`}
          </span>{' '}
          {reviewer !== null && (
            <ProfessionName
              profession={directory.professionOf(reviewerId)}
              person={reviewer}
              size="small"
            />
          )}
        </span>
        <p className="text-s">{t(`reviewed.means.${state}`)}</p>
        {reason !== '' && (
          <p className="sync-text text-s">
            <PlainText text={reason} multiline />
          </p>
        )}
      </div>
      {state !== 'review' && (
        <Button isPending={isLoading} onPress={() => void dismiss({ changeId: row.changeId })}>
          {t('dismiss')}
        </Button>
      )}
    </li>
  );
};
