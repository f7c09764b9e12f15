import { civilDateProblem, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Concept, HumanName, Period, Quantity, Timing } from './resources.ts';
import { words } from './words.ts';

/** What people would call a coded thing: its text, else a display, else the bare code. */
export const conceptText = (concept: Concept | undefined): string => {
  if (!concept) return '';
  if (concept.text?.trim()) return concept.text.trim();
  const display = concept.coding.find((coding) => coding.display?.trim())?.display;
  return display?.trim() ?? concept.coding.find((coding) => coding.code)?.code ?? '';
};

export const conceptTexts = (concepts: readonly Concept[]): string =>
  concepts.map(conceptText).filter(Boolean).join(', ');

/** The first of the codes that the concept carries and the map knows. */
export const mappedCode = <T>(
  concept: Concept | undefined,
  map: { readonly [code: string]: T },
): T | undefined => {
  for (const { code } of concept?.coding ?? []) {
    if (code !== undefined && Object.hasOwn(map, code)) return map[code];
  }
  return undefined;
};

export const hasCode = (concept: Concept | undefined, ...codes: readonly string[]): boolean =>
  concept?.coding.some(({ code }) => code !== undefined && codes.includes(code)) ?? false;

/** A FHIR date or dateTime as a day. */
export type SourceDay =
  | { readonly day: CivilDate; readonly exact: boolean }
  | { readonly day: null; readonly exact: false };

/**
 * The day that a FHIR date names, as it stands: the clock and zone of the source are dropped, the day
 * written there stays. A year or a month alone gives its first or its last day and is not `exact`;
 * a day outside the years that a plan can hold gives null.
 */
export const dayOf = (date: string, edge: 'first' | 'last'): SourceDay => {
  const [year = '', month] = date.slice(0, 10).split('-');
  const exact = date.length >= 10;
  const day = exact ? date.slice(0, 10) : edgeOf(year, month, edge);
  return civilDateProblem(day) === null ? { day, exact } : { day: null, exact: false };
};

const edgeOf = (year: string, month: string | undefined, edge: 'first' | 'last'): CivilDate => {
  if (edge === 'first') return `${year}-${month ?? '01'}-01`;
  if (month === undefined) return `${year}-12-31`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${String(last).padStart(2, '0')}`;
};

/** A date as a Finn writes it: 5.4.2015, 4/2015, 2015. */
export const writtenDate = (date: string): string => {
  const [year = '', month, day] = date.slice(0, 10).split('-');
  if (month === undefined) return year;
  return day === undefined ? `${Number(month)}/${year}` : `${Number(day)}.${Number(month)}.${year}`;
};

/** A period as it is written between two dates; empty when neither end is known. */
export const writtenPeriod = (period: Period | undefined): string => {
  const [start, end] = [period?.start, period?.end];
  if (start === undefined && end === undefined) return '';
  return `${start === undefined ? '' : writtenDate(start)}–${end === undefined ? '' : writtenDate(end)}`;
};

/** `Karen Erika`, `van der Hentenryck`; only a text when the source does not tell the parts apart. */
export const nameParts = (
  name: HumanName | undefined,
): { readonly given: string; readonly family: string } => {
  const given = (name?.given ?? []).flatMap((part) => part?.trim() || []).join(' ');
  const family = name?.family?.trim() ?? '';
  return given || family ? { given, family } : { given: '', family: name?.text?.trim() ?? '' };
};

const nameOrder = [
  'official',
  'usual',
  undefined,
  'temp',
  'anonymous',
  'nickname',
  'maiden',
  'old',
];

/** The name that is in use now. */
export const currentName = (names: readonly HumanName[]): HumanName | undefined =>
  names.toSorted(
    (a, b) =>
      nameOrder.indexOf(a.use) +
      (a.period?.end ? 8 : 0) -
      (nameOrder.indexOf(b.use) + (b.period?.end ? 8 : 0)),
  )[0];

const decimal = (value: number): string => String(value).replace('.', ',');

export const quantityText = (quantity: Quantity | undefined): string =>
  quantity?.value === undefined
    ? ''
    : `${quantity.comparator ?? ''}${decimal(quantity.value)}${quantity.unit ? ` ${quantity.unit}` : ''}`;

/** How often, in words (`2 kertaa päivässä, klo 8.00`), from the parts that are there. */
export const timingText = (timing: Timing | undefined): string => {
  const repeat = timing?.repeat;
  const parts = [conceptText(timing?.code)];
  if (repeat) {
    if (repeat.frequency !== undefined || repeat.period !== undefined) {
      parts.push(
        words.howOften(
          upTo(repeat.frequency ?? 1, repeat.frequencyMax),
          upTo(repeat.period ?? 1, repeat.periodMax),
          repeat.periodUnit ?? 'd',
        ),
      );
    }
    if (repeat.count !== undefined) parts.push(words.times(repeat.count));
    if (repeat.dayOfWeek.length > 0) parts.push(repeat.dayOfWeek.map(words.weekday).join(', '));
    if (repeat.timeOfDay.length > 0) {
      parts.push(repeat.timeOfDay.map((time) => words.clock(time.slice(0, 5))).join(', '));
    }
  }
  return parts.filter(Boolean).join(', ');
};

const upTo = (least: number, most: number | undefined): string =>
  most === undefined || most === least ? decimal(least) : `${decimal(least)}–${decimal(most)}`;

/** The reading text of a narrative (XHTML) without its marks: it never becomes markup again. */
export const narrativeText = (div: string): string =>
  div
    .replaceAll(/<(br|p|div|li|tr|h\d)\b[^>]*>/giu, '\n')
    .replaceAll(/<\/?[a-z][^>]*>/giu, ' ')
    .replaceAll(/&(lt|gt|quot|apos|nbsp|#160|amp);/gu, (_, name: string) => entities[name] ?? ' ')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/gu, ' ').trim())
    .filter(Boolean)
    .join('\n');

const entities: { readonly [name: string]: string } = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
};

/** Longest text that stands as a title by itself. */
const longestTitle = 200;

/** A text as title, with the whole of it as description when it is too long to be one. */
export const titled = (text: string): { readonly title: string; readonly description: string } => {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  if (flat.length <= longestTitle) return { title: flat, description: '' };
  const cut = flat.slice(0, longestTitle - 1);
  const space = cut.lastIndexOf(' ');
  return {
    title: `${(space > longestTitle / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`,
    description: text.trim(),
  };
};

export const lines = (...parts: readonly (string | undefined | false)[]): string =>
  parts.filter(Boolean).join('\n');
