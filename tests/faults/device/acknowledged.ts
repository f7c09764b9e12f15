import type { Id } from '#shared/domain/ids.ts';
import type { Versions } from './device.ts';
import type { Found } from './look.ts';
import { changeIdsOfPage, ownRecords } from './pages.ts';
import type { Step, Word } from './words.ts';

/** What a device was told is saved, and what it had begun when it was cut off. */
export type Acknowledged = {
  readonly made: boolean;
  readonly changes: ReadonlyMap<Id, string>;
  /** By record; a written record has no draft. */
  readonly drafts: ReadonlyMap<Id, string>;
  /** The last page that was applied; -1 before the first. */
  readonly page: number;
  readonly waiting: number;
  readonly versions: Versions;
  readonly inFlight: Step | null;
  /** What was refused: a commit whose syncing failed may still be found, whole, by the next opening. */
  readonly refused: readonly Step[];
  /** How many answers "saved" were heard. */
  readonly count: number;
};

export const nothingYet: Acknowledged = {
  made: false,
  changes: new Map(),
  drafts: new Map(),
  page: -1,
  waiting: 0,
  versions: { secret: 0, schema: 0 },
  inFlight: null,
  refused: [],
  count: 0,
};

const recordOf = (step: Step): Id | null => ('recordId' in step ? step.recordId : null);

/** A later word about the same thing leaves nothing open of the earlier one. */
const isSameThing = (one: Step, other: Step): boolean =>
  recordOf(one) === recordOf(other) && (recordOf(one) !== null || one.do === other.do);

const saved = (before: Acknowledged, step: Step, changeId: Id | undefined): Acknowledged => {
  const after = {
    ...before,
    inFlight: null,
    refused: before.refused.filter((each) => !isSameThing(each, step)),
    count: before.count + 1,
  };
  switch (step.do) {
    case 'make':
      return { ...after, made: true };
    case 'write': {
      const drafts = new Map(before.drafts);
      drafts.delete(step.recordId);
      if (changeId === undefined) return { ...after, drafts };
      return { ...after, drafts, changes: new Map(before.changes).set(changeId, step.text) };
    }
    case 'draft':
      return { ...after, drafts: new Map(before.drafts).set(step.recordId, step.text) };
    case 'page':
      return { ...after, page: step.page };
    case 'secret':
      return { ...after, versions: { ...before.versions, secret: step.secret } };
    case 'migrate':
      return { ...after, versions: { ...before.versions, schema: step.schema } };
    case 'card':
      return { ...after, waiting: step.waiting };
    case 'open':
      return { ...after, made: true };
    case 'close':
    case 'scrub':
      return after;
    default:
      throw new Error(`No such step: ${JSON.stringify(step satisfies never)}`);
  }
};

/** Takes in one word of the device. */
export const hear = (before: Acknowledged, word: Word): Acknowledged => {
  switch (word.say) {
    case 'begins':
      return { ...before, inFlight: word.step };
    case 'saved':
      return saved(before, word.step, word.changeId);
    case 'refused':
    case 'threw':
      return { ...before, inFlight: null, refused: [...before.refused, word.step] };
    case 'done':
      return before;
    default:
      throw new Error(`No such word: ${JSON.stringify(word satisfies never)}`);
  }
};

/** What may have happened although nobody was told so. */
const openSteps = ({ inFlight, refused }: Acknowledged): readonly Step[] =>
  inFlight === null ? refused : [...refused, inFlight];

/** The versions that may be in force: what was acknowledged, or what was under way. */
export const possibleVersions = (known: Acknowledged): readonly [Versions, ...Versions[]] => {
  const steps = openSteps(known);
  const schema = steps.reduce(
    (highest, step) => (step.do === 'migrate' ? Math.max(highest, step.schema) : highest),
    known.versions.schema,
  );
  const others = steps.flatMap((step) => (step.do === 'secret' ? [step.secret] : []));
  const { secret } = known.versions;
  return [{ secret, schema }, ...others.map((other) => ({ secret: other, schema }))];
};

const draftFaults = (known: Acknowledged, found: Found): readonly string[] =>
  ownRecords.flatMap((recordId) => {
    const wanted = known.drafts.get(recordId);
    const there = found.drafts.get(recordId);
    if (wanted === there) return [];
    const possible = openSteps(known).some((step) => {
      if (recordOf(step) !== recordId) return false;
      if (step.do === 'draft') return there === step.text;
      // A writing has ended the draft: then its words stand as a change.
      return step.do === 'write' && there === undefined && found.texts.has(step.text);
    });
    return possible
      ? []
      : [`draft ${recordId}: "${wanted ?? ''}" was saved, "${there ?? ''}" is there`];
  });

const pageFaults = (known: Acknowledged, found: Found): readonly string[] => {
  const open = openSteps(known).flatMap((step) => (step.do === 'page' ? [step.page] : []));
  const faults: string[] = [];
  if (found.page !== known.page && !open.includes(found.page)) {
    faults.push(`page ${known.page} was applied, the cursor is at ${found.page}`);
  }
  for (let page = 1; page <= Math.max(found.page, known.page) + 1; page += 1) {
    const there = changeIdsOfPage(page).filter((id) => found.changes.has(id)).length;
    const wanted = page <= found.page ? changeIdsOfPage(page).length : 0;
    if (there !== wanted) faults.push(`page ${page}: ${there} changes of ${wanted} are there`);
  }
  return faults;
};

/** What is missing or half there of what was acknowledged; empty when the promise was kept. */
export const faultsIn = (known: Acknowledged, found: Found): readonly string[] => {
  const faults = [...found.broken, ...draftFaults(known, found), ...pageFaults(known, found)];
  for (const [changeId, text] of known.changes) {
    const change = found.changes.get(changeId);
    if (change === undefined) faults.push(`change ${changeId} was saved and is not there`);
    else if (change.text !== text) faults.push(`change ${changeId} has other words`);
    else if (!change.sendable) faults.push(`change ${changeId} will never be sent`);
  }
  const cards = openSteps(known).flatMap((step) => (step.do === 'card' ? [step.waiting] : []));
  if (known.made && ![known.waiting, ...cards].includes(found.waiting ?? -1)) {
    faults.push(`card ${known.waiting} was written, ${found.waiting ?? 'none'} is there`);
  }
  return faults;
};

/** After looking: what was under way has happened or not, and the next start begins from there. */
export const settled = (known: Acknowledged, found: Found): Acknowledged => ({
  ...known,
  made: true,
  inFlight: null,
  refused: [],
  drafts: found.drafts,
  page: found.page,
  waiting: found.waiting ?? known.waiting,
  versions: found.versions,
});
