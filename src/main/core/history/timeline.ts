import type { CallArguments, CallOutput } from '#shared/contract/calls.ts';
import type { HistoryFilter, HistoryVersion } from '#shared/contract/history-calls.ts';
import { finnishDayEnd, finnishDayStart } from '#shared/domain/civil-date.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { foldedWords, foldForSearch } from '#shared/domain/search-fold.ts';
import {
  historyFacets,
  valuesOf,
  versionsBefore,
  versionsOfGroup,
  type KnownVersion,
} from '#main/db/queries/history.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { textOf } from '../derived/text-index.ts';
import { isCovered, type KnownHistory } from './known-history.ts';

type Page = Pick<CallOutput<'history.client'>, 'versions' | 'next' | 'choices'>;

/** So many rows are read from the case file at a time: a page ends long before the history does. */
const chunk = 100;

/** A page of the timeline, the newest first. What waits, or has just come, stands with the first one. */
export const timelinePage = (
  db: ReadableDb,
  history: KnownHistory,
  { filter, before, limit }: CallArguments<'history.client'>,
  nowMs: number,
): Page => {
  const fits = fitting(filter, nowMs);
  const isShown = (version: KnownVersion): boolean =>
    !isCovered(history, version.shape.kind) && fits(version);
  const first = before === null ? history.beyond.filter(isShown) : [];
  const page: KnownVersion[] = [];
  let next: number | null = null;
  for (const version of newestFirst(db, history, before ?? Number.MAX_SAFE_INTEGER)) {
    if (!isShown(version)) continue;
    if (page.length === limit) {
      next = page.at(-1)?.seq ?? null;
      break;
    }
    page.push(version);
  }
  return {
    versions: withReplaced(db, history, [...first, ...page]),
    next,
    choices: before === null ? choicesOf(db, history) : null,
  };
};

/** All versions of one group, the newest first. */
export const groupVersions = (
  db: ReadableDb,
  history: KnownHistory,
  { recordId, group }: CallArguments<'history.group'>,
): HistoryVersion[] => {
  const isOne = (version: KnownVersion): boolean =>
    version.recordId === recordId && version.shape.group === group;
  const kept = versionsOfGroup(db, history.caseNo, recordId, group).filter(({ shape }) =>
    history.here.has(shape.compartment),
  );
  const told = history.fetched?.versions ?? [];
  return withReplaced(db, history, [...history.beyond, ...kept, ...told].filter(isOne));
};

/** What lies here and what the region told, as one row of versions. No page is read before it is needed. */
function* newestFirst(
  db: ReadableDb,
  history: KnownHistory,
  before: number,
): Generator<KnownVersion, void> {
  const told = (history.fetched?.versions ?? []).values();
  let other = told.next();
  for (const version of keptHere(db, history, before)) {
    for (; !other.done && seqOf(other.value) > seqOf(version); other = told.next()) {
      if (seqOf(other.value) < before) yield other.value;
    }
    yield version;
  }
  for (; !other.done; other = told.next()) {
    if (seqOf(other.value) < before) yield other.value;
  }
}

const seqOf = ({ seq }: KnownVersion): number => seq ?? 0;

function* keptHere(
  db: ReadableDb,
  { caseNo, here }: KnownHistory,
  before: number,
): Generator<KnownVersion, void> {
  for (let from = before; ;) {
    const rows = versionsBefore(db, caseNo, from, chunk);
    for (const version of rows) if (here.has(version.shape.compartment)) yield version;
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) return;
    from = seqOf(last);
  }
}

const fitting = (filter: HistoryFilter, nowMs: number): ((version: KnownVersion) => boolean) => {
  const { personId, profession, kind, from, to } = filter;
  const fromMs = from === null ? -Infinity : finnishDayStart(from);
  const endMs = to === null ? Infinity : finnishDayEnd(to);
  const words = foldedWords(filter.query);
  return ({ author, shape, receivedMs, valueText }) => {
    const atMs = receivedMs ?? nowMs;
    return (
      (personId === null || author.personId === personId) &&
      (profession === null || author.profession === profession) &&
      (kind === null || shape.kind === kind) &&
      atMs >= fromMs &&
      atMs < endMs &&
      (words.length === 0 || holdsWords(valueText, words))
    );
  };
};

const holdsWords = (valueText: string, words: readonly string[]): boolean => {
  const value = readValue(valueText);
  const { reason } = value;
  const text = foldForSearch(`${textOf(value)}\n${typeof reason === 'string' ? reason : ''}`);
  return words.every((word) => text.includes(word));
};

const readValue = (text: string): Change['value'] => JSON.parse(text) as Change['value'];

const withReplaced = (
  db: ReadableDb,
  { caseNo, beyond, fetched }: KnownHistory,
  versions: readonly KnownVersion[],
): HistoryVersion[] => {
  const parents = [...new Set(versions.flatMap((version) => version.parents))];
  const near = new Map<Id, string>(
    [...versions, ...beyond, ...(fetched?.versions ?? [])].map(({ id, valueText }) => [
      id,
      valueText,
    ]),
  );
  const far = parents.filter((id) => !near.has(id));
  const kept = far.length === 0 ? new Map<Id, string>() : valuesOf(db, caseNo, far);
  return versions.map(({ id, recordId, shape, author, ...version }) => ({
    changeId: id,
    recordId,
    ...shape,
    value: readValue(version.valueText),
    authorId: author.personId,
    profession: author.profession,
    timeMs: version.timeMs,
    receivedMs: version.receivedMs,
    seq: version.seq,
    replaced: version.parents.flatMap((changeId) => {
      const text = near.get(changeId) ?? kept.get(changeId);
      return text === undefined ? [] : [{ changeId, value: readValue(text) }];
    }),
  }));
};

const choicesOf = (db: ReadableDb, history: KnownHistory): NonNullable<Page['choices']> => {
  const told = [...(history.fetched?.versions ?? []), ...history.beyond].map(
    ({ author, shape }) => ({ author, ...shape }),
  );
  const kept = historyFacets(db, history.caseNo).filter(({ compartment }) =>
    history.here.has(compartment),
  );
  const shown = [...kept, ...told].filter(({ kind }) => !isCovered(history, kind));
  const authors = new Map(
    shown.map(({ author: { personId, profession } }) => [
      `${personId} ${profession}`,
      { personId, profession },
    ]),
  );
  return {
    authors: [...authors.values()],
    kinds: [...new Set(shown.map(({ kind }) => kind))].toSorted(),
  };
};
