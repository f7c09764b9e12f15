import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { besideNotAsked, besideOpened } from '#renderer/store/beside.ts';
import type { FoundBy } from '#renderer/store/route.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { FindPalette } from '../find/index.ts';

/** Who is taken beside: pinned, opened last, or found by searching. */
export const ChooseBeside = ({ ownCaseId }: { readonly ownCaseId: Id }) => {
  const { t } = useTranslation('beside');
  const dispatch = useAppDispatch();
  const isChoosing = useAppSelector((state) => state.beside.isChoosing);
  const sought = useMemo(
    () => ({
      what: 'client' as const,
      exceptId: ownCaseId,
      choose: (caseId: Id, from: FoundBy) => void dispatch(besideOpened({ caseId, from })),
    }),
    [ownCaseId, dispatch],
  );
  return (
    <FindPalette
      title={t('open')}
      isOpen={isChoosing}
      sought={sought}
      onClose={() => void dispatch(besideNotAsked())}
    />
  );
};
