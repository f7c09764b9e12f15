import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { registerOf } from '#shared/domain/codes.ts';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useGroundWords } from './ground-words.ts';
import {
  cellAfter,
  columnsByRegister,
  signOf,
  type Cell,
  type CellSign,
  type SeeingPerson,
} from './who-grid.ts';

export type WhoPictureProps = {
  readonly people: readonly SeeingPerson[];
  readonly parts: readonly string[];
  readonly directory: Directory;
};

const signs = ['writes', 'reads', 'granted', 'closed'] as const satisfies readonly CellSign[];

/** The shape tells it, not the colour: full, ring, dashed ring with a dot, a small dash. */
export const CellShape = ({ sign }: { readonly sign: CellSign }) => (
  <svg
    className={`who-sign who-sign-${sign}`}
    viewBox="0 0 16 16"
    aria-hidden="true"
    focusable="false"
  >
    {sign === 'writes' && <rect x="1.5" y="1.5" width="13" height="13" rx="3" />}
    {sign === 'reads' && <circle cx="8" cy="8" r="5.4" />}
    {sign === 'granted' && (
      <>
        <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="3" strokeDasharray="3 2" />
        <circle className="who-dot" cx="8" cy="8" r="2.2" />
      </>
    )}
    {sign === 'closed' && <path d="M6 8h4" />}
  </svg>
);

/** Rows are people, columns the client's parts register by register. One cell is in the order of Tab; arrows move. */
export const WhoPicture = ({ people, parts, directory }: WhoPictureProps) => {
  const { t, i18n } = useTranslation(['permissions', 'records', 'access']);
  const language = languageOf(i18n.language);
  const words = useGroundWords();
  const grid = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [hovered, setHovered] = useState<Cell | null>(null);
  const groups = columnsByRegister(parts);
  const columns = groups.flatMap((group) => group.parts);
  const nameOf = (person: SeeingPerson): string =>
    directory.nameOf(person.personId) ?? t('records:someone');
  const roleOf = (person: SeeingPerson): string =>
    person.relation === 'team'
      ? t([`access:role.${person.role}`, 'access:role.participant'])
      : t([`access:relation.${person.relation || 'none'}`, 'access:relation.none']);

  const wordsOf = ({ row, column }: Cell): string => {
    const person = people[row];
    const compartment = columns[column];
    if (!person || compartment === undefined) return '';
    const part = person.parts.find((each) => each.compartment === compartment);
    return t('who.cell', {
      person: nameOf(person),
      part: words.part(compartment),
      what: part ? words.cell(part) : t('who.unknown'),
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (event.altKey || event.metaKey) return;
    const to = cellAfter(
      event.key,
      active,
      { rows: people.length, columns: columns.length },
      event.ctrlKey,
    );
    if (to === undefined) return;
    event.preventDefault();
    setActive(to);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${to.row}-${to.column}"]`)?.focus();
  };

  const told = hovered ?? active;
  return (
    <>
      <div className="who-scroll">
        <table
          ref={grid}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- arrow keys move in it
          role="grid"
          aria-label={t('who.title')}
          aria-readonly="true"
          className="who-grid"
          onKeyDown={onKeyDown}
          onMouseLeave={() => setHovered(null)}
        >
          <thead>
            <tr>
              <th scope="col" rowSpan={2} className="who-corner">
                {t('who.column.person')}
              </th>
              {groups.map(({ register, parts: inRegister }) => (
                <th key={register} scope="colgroup" colSpan={inRegister.length}>
                  {t(`records:register.${register}`)}
                </th>
              ))}
            </tr>
            <tr>
              {columns.map((compartment, index) => (
                <th
                  key={compartment}
                  scope="col"
                  className={told.column === index ? 'who-part who-told' : 'who-part'}
                  data-register={registerOf(compartment)}
                >
                  <span>{words.part(compartment)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person, row) => {
              const profession = directory.professionOf(person.personId);
              return (
                <tr key={person.personId} className={told.row === row ? 'who-told' : ''}>
                  <th scope="row">
                    <span className="who-person">
                      <ProfessionMark
                        profession={profession}
                        size="small"
                        label={professionWord(profession, language)}
                      />
                      <span className="cut">
                        <PlainText text={nameOf(person)} />
                        <span className="muted"> {roleOf(person)}</span>
                      </span>
                    </span>
                  </th>
                  {columns.map((compartment, column) => (
                    <td
                      key={compartment}
                      data-cell={`${row}-${column}`}
                      data-register={registerOf(compartment)}
                      tabIndex={active.row === row && active.column === column ? 0 : -1}
                      aria-label={wordsOf({ row, column })}
                      onFocus={() => setActive({ row, column })}
                      onMouseEnter={() => setHovered({ row, column })}
                    >
                      <CellShape
                        sign={signOf(person.parts.find((each) => each.compartment === compartment))}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="who-words" aria-hidden="true">
        <PlainText text={wordsOf(told)} />
      </p>
      <ul className="who-legend" aria-label={t('who.legend')}>
        {signs.map((sign) => (
          <li key={sign}>
            <CellShape sign={sign} />
            {t(`who.sign.${sign}`)}
          </li>
        ))}
      </ul>
    </>
  );
};
