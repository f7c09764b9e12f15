import type { CallOutput } from '#shared/contract/calls.ts';
import { registerOf, type Compartment, type Register } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';

export type WhoSees = CallOutput<'access.who'>;
export type SeeingPerson = WhoSees['people'][number];
export type PersonPart = SeeingPerson['parts'][number];

/**
 * How a cell is drawn: filled for what one sees and writes, a ring for what one only reads, dashed for
 * what rests on something recorded or opened for a time, nothing for what is closed.
 */
export type CellSign = 'writes' | 'reads' | 'granted' | 'closed';

export const signOf = (part: PersonPart | undefined): CellSign => {
  if (part?.allowed !== true) return 'closed';
  const isGranted =
    part.basis !== 'relation' || part.relation === 'opening' || part.relation === 'emergency';
  if (isGranted) return 'granted';
  return part.writes ? 'writes' : 'reads';
};

const registers = ['joint', 'social', 'patient'] as const satisfies readonly Register[];

/** The columns: the client's parts register by register, the joint plan's first. */
export const columnsByRegister = (
  parts: readonly Compartment[],
): readonly { readonly register: Register; readonly parts: readonly Compartment[] }[] =>
  registers
    .map((register) => ({
      register,
      parts: parts.filter((part) => registerOf(part) === register),
    }))
    .filter((column) => column.parts.length > 0);

export type Cell = { readonly row: number; readonly column: number };

/** Where a key leads in the grid, or undefined for a key that moves nothing. Edges hold. */
export const cellAfter = (
  key: string,
  { row, column }: Cell,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  ctrl: boolean,
): Cell | undefined => {
  const within = (to: Cell): Cell => ({
    row: Math.max(0, Math.min(rows - 1, to.row)),
    column: Math.max(0, Math.min(columns - 1, to.column)),
  });
  switch (key) {
    case 'ArrowLeft':
      return within({ row, column: column - 1 });
    case 'ArrowRight':
      return within({ row, column: column + 1 });
    case 'ArrowUp':
      return within({ row: row - 1, column });
    case 'ArrowDown':
      return within({ row: row + 1, column });
    case 'Home':
      return within({ row: ctrl ? 0 : row, column: 0 });
    case 'End':
      return within({ row: ctrl ? rows - 1 : row, column: columns - 1 });
    default:
      return undefined;
  }
};

/** One line of the table: a person's parts that rest on the same ground and end at the same moment. */
export type WhoLine = {
  readonly person: SeeingPerson;
  readonly compartments: readonly Compartment[];
  readonly part: PersonPart;
};

const groundKey = (part: PersonPart): string =>
  part.allowed
    ? [part.basis, part.relation, part.role, part.writes, part.untilMs].join('|')
    : `-${part.because}`;

/** The picture's facts as lines: what one sees first, then what stays closed and why. */
export const linesOf = (person: SeeingPerson): readonly WhoLine[] => {
  const lines = new Map<string, { part: PersonPart; compartments: Compartment[] }>();
  for (const part of person.parts) {
    const key = groundKey(part);
    const line = lines.get(key);
    if (line) line.compartments.push(part.compartment);
    else lines.set(key, { part, compartments: [part.compartment] });
  }
  return [...lines.values()]
    .toSorted((a, b) => Number(b.part.allowed) - Number(a.part.allowed))
    .map((line) => ({ person, ...line }));
};

/** Those who see the most first, so that the picture reads from the top; then by name. */
export const peopleInOrder = (
  people: readonly SeeingPerson[],
  nameOf: (personId: Id) => string,
): readonly SeeingPerson[] => {
  const seen = (person: SeeingPerson): number => person.parts.filter((part) => part.allowed).length;
  return people.toSorted(
    (a, b) => seen(b) - seen(a) || nameOf(a.personId).localeCompare(nameOf(b.personId), 'fi'),
  );
};
