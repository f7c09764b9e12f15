import { useMemo } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { languageOf } from '#renderer/components/format.ts';
import { ProfessionMark, ProfessionName } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { initialsOf } from './initials.ts';

/** So many faces have a place of their own; the rest are a number. */
const mostFaces = 3;

export type PresentPeopleProps = { readonly caseId: Id; readonly directory: Directory };

/**
 * Who else has the plan open now: small faces that keep their place also while nobody is there. The names
 * are read out when they change, and stand in a list behind the faces.
 */
export const PresentPeople = ({ caseId, directory }: PresentPeopleProps) => {
  const { t, i18n } = useTranslation('presence');
  const language = languageOf(i18n.language);
  const present = useAppSelector((state) => state.present[caseId]);
  const people = useMemo(
    () =>
      (present ?? [])
        .map(({ personId, part }) => {
          const known = directory.people.get(personId);
          const profession = directory.professionOf(personId);
          return {
            personId,
            name: directory.nameOf(personId) ?? professionWord(profession, language),
            initials: known ? initialsOf(known) : '?',
            profession,
            isWriting: part !== null,
          };
        })
        .toSorted((a, b) => a.name.localeCompare(b.name, 'fi')),
    [present, directory, language],
  );
  const words =
    people.length === 0 ? '' : t('openAlso', { names: people.map(({ name }) => name).join(', ') });
  const shown = people.length > mostFaces ? people.slice(0, mostFaces - 1) : people;
  const more = people.length - shown.length;
  return (
    <span className="present">
      <VisuallyHidden>
        <span role="status">{words}</span>
      </VisuallyHidden>
      {people.length > 0 && (
        <DialogTrigger>
          <Tooltip text={words}>
            <Button className="present-faces">
              <VisuallyHidden>{words}</VisuallyHidden>
              {shown.map(({ personId, initials, profession, isWriting }) => (
                <span
                  key={personId}
                  className={isWriting ? 'face face-writing' : 'face'}
                  aria-hidden="true"
                >
                  {initials}
                  <span className="face-mark">
                    <ProfessionMark profession={profession} size="tiny" />
                  </span>
                </span>
              ))}
              {more > 0 && <span className="face" aria-hidden="true">{`+${more}`}</span>}
            </Button>
          </Tooltip>
          <Popover className="popover" placement="bottom end" offset={4}>
            <Dialog className="present-list" aria-label={t('title')}>
              <b>{t('title')}</b>
              <ul>
                {people.map(({ personId, name, profession, isWriting }) => (
                  <li key={personId}>
                    <ProfessionName profession={profession} person={name} withProfession />
                    {isWriting && <span className="muted text-xs">{t('writes')}</span>}
                  </li>
                ))}
              </ul>
            </Dialog>
          </Popover>
        </DialogTrigger>
      )}
    </span>
  );
};
