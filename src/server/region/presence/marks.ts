import type { Id } from '#shared/domain/ids.ts';
import { presence, type WrittenPart } from '#shared/protocol/live.ts';

/** The group that somebody writes, with the compartment of its record as the region knows it. */
export type PlacedPart = WrittenPart & { readonly compartment: string };

/** Somebody's live line has a plan open. */
export type Mark = {
  readonly line: Id;
  readonly personId: Id;
  readonly caseId: Id;
  readonly part: PlacedPart | null;
};

/** Who has which plan open: in memory alone, each mark with a time to live (SPEC W3). */
export type Marks = {
  /** Puts a mark in the place of the line's earlier one there. Says whether anything but its time changed. */
  readonly put: (mark: Mark, nowMs: number) => boolean;
  /** Takes the line's mark at the plan away, or all of its marks. Answers where they were. */
  readonly drop: (line: Id, caseId?: Id) => readonly Id[];
  /** Forgets what has not been said again in time. Answers where it was. */
  readonly expire: (nowMs: number) => readonly Id[];
  readonly at: (caseId: Id) => readonly Mark[];
  readonly size: () => number;
};

type Timed = { readonly mark: Mark; readonly untilMs: number };

const samePart = (a: PlacedPart | null, b: PlacedPart | null): boolean =>
  a === b || (a !== null && b !== null && a.recordId === b.recordId && a.group === b.group);

export const createMarks = (): Marks => {
  const byCase = new Map<Id, Map<Id, Timed>>();
  /** The plans of each line, the one said longest ago first. */
  const byLine = new Map<Id, Set<Id>>();

  const forget = (line: Id, caseId: Id): void => {
    const lines = byCase.get(caseId);
    lines?.delete(line);
    if (lines?.size === 0) byCase.delete(caseId);
    const cases = byLine.get(line);
    cases?.delete(caseId);
    if (cases?.size === 0) byLine.delete(line);
  };

  return {
    put: (mark, nowMs) => {
      const { line, caseId, part } = mark;
      const before = byCase.get(caseId)?.get(line);
      const cases = byLine.get(line) ?? new Set<Id>();
      byLine.set(line, cases);
      cases.delete(caseId);
      const [oldest] = cases;
      if (cases.size >= presence.plansOfLine && oldest !== undefined) forget(line, oldest);
      cases.add(caseId);
      const lines = byCase.get(caseId) ?? new Map<Id, Timed>();
      byCase.set(caseId, lines);
      lines.set(line, { mark, untilMs: nowMs + presence.livesMs });
      return before === undefined || !samePart(before.mark.part, part);
    },
    drop: (line, caseId) => {
      const cases = [...(byLine.get(line) ?? [])].filter(
        (each) => caseId === undefined || each === caseId,
      );
      for (const each of cases) forget(line, each);
      return cases;
    },
    expire: (nowMs) => {
      const over = [...byCase].flatMap(([caseId, lines]) =>
        [...lines].flatMap(([line, { untilMs }]) => (untilMs <= nowMs ? [{ caseId, line }] : [])),
      );
      for (const { caseId, line } of over) forget(line, caseId);
      return [...new Set(over.map(({ caseId }) => caseId))];
    },
    at: (caseId) => [...(byCase.get(caseId)?.values() ?? [])].map(({ mark }) => mark),
    size: () => byLine.size,
  };
};
