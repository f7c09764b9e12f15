import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { compartments, findCode } from '#shared/domain/codes.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { formatDateTime, formatWeekdayDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useOwnPart } from '#renderer/store/own-part.ts';
import { isWaiting } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { NoteEntry } from '../plan-model/index.ts';
import { Acknowledgments, acknowledgmentsOf } from '../requests/index.ts';

type NoteProps = {
  readonly note: NoteEntry;
  readonly view: ClientView;
  readonly directory: Directory;
  readonly isShown: boolean;
  /** Missing where notes are read and nothing is written. */
  readonly onCorrect?: (note: NoteEntry) => void;
};

/** A note as it was written, what corrects it, and where it is kept. */
export const Note = ({ note, view, directory, isShown, onCorrect }: NoteProps) => {
  const { t, i18n } = useTranslation(['notes', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isShown) element.current?.scrollIntoView({ block: 'center' });
  }, [isShown]);
  const { entry, written, record, correctedBy } = note;
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const part = useOwnPart(view, record.compartment);
  // Who only reads the other register's part is not whom a hand-over there is for.
  const isForMe = written.authorId !== ownId && part?.writes === true;
  const author = directory.nameOf(written.authorId) ?? t('records:someone');
  const [day = '', clock = ''] = entry.happenedAt.split('T');
  return (
    <article
      ref={element}
      className={isShown ? 'note note-shown' : 'note'}
      aria-label={`${t(`records:noteKind.${entry.kind}`)} ${day}`}
    >
      <header className="note-head">
        <ProfessionMark profession={written.profession} />
        <b>{t(`records:noteKind.${entry.kind}`)}</b>
        <span className="nowrap">
          {formatWeekdayDate(day, today, language)}{' '}
          {language === 'en' ? clock : clock.replace(':', '.').replace(/^0/u, '')}
        </span>
        <span className="muted cut">
          <PlainText text={author} /> ·{' '}
          {professionWord(written.profession, language).toLocaleLowerCase('fi')}
        </span>
        <span className="row end">
          <Tag>{findCode(compartments, record.compartment)?.[language] ?? record.compartment}</Tag>
          {isWaiting(record) && <Tag tone="line">{t('onlyHere')}</Tag>}
        </span>
      </header>
      <div className={correctedBy === null ? 'note-text' : 'note-text note-corrected'}>
        <PlainText text={entry.text} multiline />
      </div>
      {entry.kind === 'hand-over' && (
        <Acknowledgments
          view={view}
          directory={directory}
          about={record}
          changeId={written.changeId}
          given={acknowledgmentsOf(view).get(record.id) ?? []}
          isAsked={isForMe && onCorrect !== undefined}
        />
      )}
      <footer className="note-foot">
        {entry.corrects !== null && (
          <TextLink href={clientHref(view.caseId, 'notes', { recordId: entry.corrects })}>
            {t('correctsEarlier')}
          </TextLink>
        )}
        {correctedBy !== null && (
          <>
            <Tag tone="warn">{t('corrected')}</Tag>
            <TextLink href={clientHref(view.caseId, 'notes', { recordId: correctedBy })}>
              {t('toCorrection')}
            </TextLink>
          </>
        )}
        <span className="muted">
          {t('writtenAt', { moment: formatDateTime(written.time, language) })}
        </span>
        {onCorrect && (
          <span className="end">
            <Button variant="flat" onPress={() => onCorrect(note)}>
              {t('correct')}
            </Button>
          </span>
        )}
      </footer>
    </article>
  );
};
