import { useTranslation } from 'react-i18next';
import { Icon } from '#renderer/components/icon.tsx';
import type { EditTarget } from '#renderer/store/editing/editing-slice.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useAppSelector } from '#renderer/store/store.ts';

export type WritingHereProps = {
  readonly target: Pick<EditTarget, 'caseId' | 'recordId' | 'group'>;
  readonly directory: Directory;
};

/**
 * "Ville Saarela kirjoittaa tässä": somebody else writes the same group now. It is read out when they begin,
 * in a pause, and not at their keys.
 */
export const WritingHere = ({ target, directory }: WritingHereProps) => {
  const { t } = useTranslation('presence');
  const { caseId, recordId, group } = target;
  const names = useAppSelector(({ present }) =>
    (present[caseId] ?? [])
      .filter(({ part }) => part?.recordId === recordId && part.group === group)
      .map(({ personId }) => directory.nameOf(personId) ?? t('someone'))
      .join(', '),
  );
  return (
    <span className="group-writing" role="status">
      {names !== '' && (
        <>
          <Icon name="edit" size={12} />
          <span className="cut">{t('writesHere', { names })}</span>
        </>
      )}
    </span>
  );
};
