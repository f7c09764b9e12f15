import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useProblemWords } from '../problems/index.ts';
import { acknowledgmentEdit } from './acknowledge.ts';
import type { Acknowledged } from './plan-requests.ts';

export type AcknowledgmentsProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly about: Pick<RecordView, 'id' | 'compartment'>;
  /** The version that there is to read. */
  readonly changeId: Id;
  readonly given: readonly Acknowledged[];
  /** Whether this person is one of those who are to say that it has been read. */
  readonly isAsked: boolean;
};

/** Who has said that it has been read, and the button for saying so oneself. */
export const Acknowledgments = ({
  view,
  directory,
  about,
  changeId,
  given,
  isAsked,
}: AcknowledgmentsProps) => {
  const { t, i18n } = useTranslation(['requests', 'records']);
  const now = useNow();
  const words = useProblemWords();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const ofThis = given.filter((each) => each.changeId === changeId);
  const mayGive = isAsked && ownId !== null && !ofThis.some(({ personId }) => personId === ownId);
  if (ofThis.length === 0 && !mayGive) return undefined;
  return (
    <div className="acknowledgments">
      {ofThis.map(({ personId, time }) => (
        <span key={personId} className="muted text-xs acknowledgment">
          <ProfessionName
            profession={directory.professionOf(personId)}
            person={directory.nameOf(personId) ?? t('records:someone')}
            size="small"
          />
          {t('requests:acknowledged', {
            moment: formatMoment(time, now, languageOf(i18n.language)),
          })}
        </span>
      ))}
      {mayGive && (
        <Button
          icon="check"
          isPending={isLoading}
          onPress={() =>
            void write({
              caseId: view.caseId,
              edits: [acknowledgmentEdit(view, about, changeId, ownId)],
            })
          }
        >
          {t('requests:acknowledge')}
        </Button>
      )}
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problemOf(error))}
        </Banner>
      )}
    </div>
  );
};
