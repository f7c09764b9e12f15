import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useProblemWords } from '../problems/index.ts';
import { acknowledgmentEdits, partsToAcknowledge } from './plan-readers.ts';

export type AcknowledgeButtonProps = {
  readonly view: ClientView;
  readonly version: ReadonlyMap<Compartment, string>;
};

/**
 * Kuittaan lukeneeni: tells the others that one has read the plan as it stands. Nothing is offered to who has
 * done so; nor while something of the plan could not be read at this computer: it has not been seen whole.
 */
export const AcknowledgeButton = ({ view, version }: AcknowledgeButtonProps) => {
  const { t } = useTranslation('readers');
  const words = useProblemWords();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const parts = ownId === null ? [] : partsToAcknowledge(view, version, ownId);
  if (parts.length === 0) return undefined;
  if (view.unread.whole || view.unread.places.length > 0) {
    return <span className="muted text-s">{t('notAllRead')}</span>;
  }
  return (
    <>
      <Button
        icon="check"
        isPending={isLoading}
        onPress={() =>
          void write({
            caseId: view.caseId,
            edits: acknowledgmentEdits(version, parts, makeId),
          })
        }
      >
        {t('acknowledge')}
      </Button>
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problemOf(error))}
        </Banner>
      )}
    </>
  );
};
