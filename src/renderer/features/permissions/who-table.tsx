import { useTranslation } from 'react-i18next';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useGroundWords } from './ground-words.ts';
import { linesOf, type SeeingPerson } from './who-grid.ts';

export type WhoTableProps = {
  readonly people: readonly SeeingPerson[];
  readonly directory: Directory;
};

/** The picture in words: person, parts, what one may do there and why, until when. */
export const WhoTable = ({ people, directory }: WhoTableProps) => {
  const { t } = useTranslation(['permissions', 'records']);
  const words = useGroundWords();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
    <div className="who-scroll" tabIndex={0} role="group" aria-label={t('who.title')}>
      <table className="who-table">
        <thead>
          <tr>
            <th scope="col">{t('who.column.person')}</th>
            <th scope="col">{t('who.column.parts')}</th>
            <th scope="col">{t('who.column.may')}</th>
            <th scope="col">{t('who.column.ground')}</th>
            <th scope="col">{t('who.column.until')}</th>
          </tr>
        </thead>
        <tbody>
          {people.flatMap((person) =>
            linesOf(person).map(({ part, compartments }, index) => (
              <tr
                key={`${person.personId}/${part.compartment}`}
                className={index === 0 ? 'who-first' : ''}
              >
                <th scope="row">
                  <ProfessionName
                    profession={directory.professionOf(person.personId)}
                    person={directory.nameOf(person.personId) ?? t('records:someone')}
                    withProfession
                    size="small"
                  />
                </th>
                <td>{compartments.map((compartment) => words.part(compartment)).join(', ')}</td>
                <td className="nowrap">
                  {part.allowed
                    ? t(part.writes ? 'who.may.writes' : 'who.may.reads')
                    : t('who.may.closed')}
                </td>
                <td>{part.allowed ? words.ground(part) : words.because(part.because)}</td>
                <td className="nowrap">{part.allowed ? words.until(part.untilMs) : '–'}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
};
