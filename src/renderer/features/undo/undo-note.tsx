import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { noteRead } from '#renderer/store/undo/undo-slice.ts';
import { useRecordName } from '../conflicts/index.ts';
import './undo.css';

/** Long enough to be read and reached by keys. */
const shownForMs = 12_000;

/** What became of Ctrl Z, over the page's foot: nothing moves for it. */
export const UndoNote = ({
  view,
  directory,
}: {
  readonly view: ClientView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation('undo');
  const dispatch = useAppDispatch();
  const nameOf = useRecordName(view, directory);
  const told = useAppSelector((state) => state.undo.told);
  const isHere = told?.caseId === view.caseId;
  useEffect(() => {
    if (told === null) return undefined;
    const timer = setTimeout(() => dispatch(noteRead()), shownForMs);
    return () => clearTimeout(timer);
  }, [told, dispatch]);
  const { name, title } =
    isHere && told.recordId !== null ? nameOf(told.recordId) : { name: '', title: '' };
  return (
    <div className="undo-note" role="status">
      {isHere && (
        <p>
          <b>{t(told.how)}</b> {name} <PlainText text={title} />{' '}
          {told.recordId !== null && told.how !== 'undone' && (
            <TextLink href={clientHref(view.caseId, 'history', { recordId: told.recordId })}>
              {t('history')}
            </TextLink>
          )}
        </p>
      )}
    </div>
  );
};
