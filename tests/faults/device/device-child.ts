import { writeSync } from 'node:fs';
import type { Result } from '#shared/lib/result.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { writeCard } from '#main/core/session/desk-cards.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { changeSecret } from '#main/db/file/change-secret.ts';
import { scrubFile } from '#main/db/file/scrub-file.ts';
import { storageProblemOf } from '#main/db/storage-problem.ts';
import { findHeldCase, readRecord } from '#main/db/queries/changes.ts';
import { nextToSend } from '#main/db/queries/outbox.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { dice } from '../dice.ts';
import {
  cardOf,
  fileOf,
  makeDevice,
  openDevice,
  secretsOf,
  type OpenDevice,
  type Versions,
} from './device.ts';
import { caseId, firstPage, laterPage, ownRecords, requestOf } from './pages.ts';
import type { Phase, Step, Task, Word } from './words.ts';

// A device at work, to be killed, cut off from its power or given a broken disk: takes step after step over
// a real case file and says on its pipe what it begins and what it was told is saved.

const task = JSON.parse(process.argv[2] ?? '') as Task;
const roll = dice(task.seed);
let versions: Versions = task;
let device: OpenDevice | null = null;
let made = false;

const say = (word: Word): void => void writeSync(1, `${JSON.stringify(word)}\n`);

type Answer = Result<
  { readonly changeId?: Id },
  { readonly kind?: string; readonly code?: string }
>;
const done: Answer = { ok: true, value: {} };
const asAnswer = (result: Result<unknown, { readonly kind: string }>): Answer =>
  result.ok ? done : result;

const there = (): OpenDevice => {
  if (device === null) throw new Error('The case file is not open');
  return device;
};

/** Opens the file and, when it is no longer to be open, closes it: the answer is the opening's own. */
const opening = (opened: Result<OpenDevice, { readonly kind: string }>): Answer => {
  if (!opened.ok) return opened;
  device = opened.value;
  return done;
};

const closing = (): Answer => {
  const open = there();
  device = null;
  return asAnswer(open.close());
};

const write = (recordId: Id, text: string): Answer => {
  const { desk } = there();
  const caseNo = findHeldCase(desk.db, caseId) ?? 0;
  const known = readRecord(desk.db, caseNo, recordId);
  const heads = headsOf(known.filter(({ shape }) => shape.group === 'assessment'));
  const written = writeEdits(desk, caseId, [
    {
      recordId,
      kind: 'need',
      compartment: jointPlan,
      group: 'assessment',
      value: { text },
      basedOn: heads.map(({ id }) => id),
    },
  ]);
  if (!written.ok) return written;
  const changeId = written.value.changes[0]?.changeId;
  return changeId === undefined ? done : { ok: true, value: { changeId } };
};

const draft = (recordId: Id, text: string): Answer => {
  const kept = keepDraft(there().desk, {
    caseId,
    recordId,
    kind: 'need',
    compartment: jointPlan,
    group: 'assessment',
    value: { text },
    basedOn: [],
  });
  return kept.ok ? done : kept;
};

/** Takes the page in as the sync thread does, with some of what waits here as the region's own answer. */
const page = (number: number): Answer => {
  const { syncDesk } = there();
  const cursor = readState(syncDesk.db, 'cursor');
  const sent = nextToSend(syncDesk.db, { changes: 4, bytes: 1_000_000 }, 0).map(
    (row) => row.change,
  );
  const content = number === 0 ? firstPage() : laterPage(number, sent);
  return asAnswer(applyPage(syncDesk, requestOf(cursor), content));
};

const take = async (step: Step): Promise<Answer> => {
  switch (step.do) {
    case 'make':
      return opening(await makeDevice(task.folder, task.argon2));
    case 'open':
      return opening(await openDevice(task.folder, versions));
    case 'close':
      return closing();
    case 'write':
      return write(step.recordId, step.text);
    case 'draft':
      return draft(step.recordId, step.text);
    case 'page':
      return page(step.page);
    case 'scrub':
      return asAnswer(scrubFile(there().desk.db));
    case 'secret': {
      const [from, to] = [secretsOf(versions.secret), secretsOf(step.secret)];
      const changed = asAnswer(await changeSecret(fileOf(task.folder), from, to, task.argon2));
      if (changed.ok) versions = { ...versions, secret: step.secret };
      return changed;
    }
    case 'migrate': {
      const migrated = opening(await openDevice(task.folder, { ...versions, schema: step.schema }));
      if (migrated.ok) versions = { ...versions, schema: step.schema };
      return migrated;
    }
    case 'card':
      writeCard(task.folder, cardOf(step.waiting));
      return done;
    default:
      throw new Error(`No such step: ${JSON.stringify(step satisfies never)}`);
  }
};

const perform = async (step: Step): Promise<void> => {
  say({ say: 'begins', step });
  try {
    const answer = await take(step);
    // What was made although its opening failed is opened next, as the program does.
    made ||= step.do === 'make' && (answer.ok || answer.error.kind === 'case-file-exists');
    if (answer.ok) say({ say: 'saved', step, ...answer.value });
    else say({ say: 'refused', step, code: answer.error.code ?? answer.error.kind ?? '' });
  } catch (error) {
    // As the handlers' border does with trouble of the disk that a reading met.
    const problem = storageProblemOf(error);
    if (problem !== null) say({ say: 'refused', step, code: `thrown-${problem.kind}` });
    else say({ say: 'threw', step, error: error instanceof Error ? (error.stack ?? '') : '' });
  }
};

let count = 0;
const textOf = (what: string): string => {
  count += 1;
  // Long ones now and then, so that checkpoints fall between the cuts too.
  const filler = roll(5) === 0 ? 'sanoja '.repeat(400 + roll(600)) : '';
  return `${what} ${task.start}-${count} ${filler}`.trim();
};

const anOwnRecord = (): Id => ownRecords[roll(ownRecords.length)] ?? ownRecords[0];

const writing = (): Step => ({
  do: 'write',
  recordId: roll(2) === 0 ? derivedId('new need', `${task.start}-${count}`) : anOwnRecord(),
  text: textOf('muutos'),
});
const drafting = (): Step => ({
  do: 'draft',
  recordId: anOwnRecord(),
  text: textOf('luonnos'),
});
/** Null before the first page. */
const lastPage = (): number | null => {
  const cursor = readState(there().desk.db, 'cursor');
  return cursor === null ? null : Number(cursor.slice(1));
};
const paging = (): Step => ({ do: 'page', page: (lastPage() ?? -1) + 1 });
const secretly = (): Step => ({ do: 'secret', secret: versions.secret + 1 });
const migrating = (): Step => ({ do: 'migrate', schema: versions.schema + 1 });

/** What a device does in each phase; a list is done in its order. */
const turns: Readonly<Record<Phase, () => readonly (() => Step)[]>> = {
  write: () => [writing, roll(2) === 0 ? writing : drafting],
  checkpoint: () => [
    writing,
    drafting,
    roll(3) === 0 ? () => ({ do: 'scrub' }) : () => ({ do: 'close' }),
  ],
  migration: () => [writing, drafting, () => ({ do: 'close' }), migrating],
  'sync-apply': () => [paging, roll(3) === 0 ? writing : paging, drafting],
  're-key': () => [
    secretly,
    writing,
    secretly,
    drafting,
    () => ({ do: 'card', waiting: task.start * 1_000 + count }),
  ],
};

/** What must come first: a disk in trouble may have refused it, and it is asked for again. */
const nextStep = (wished: () => Step): Step => {
  if (device === null && task.make && !made) return { do: 'make' };
  if (device === null) return wished === migrating ? migrating() : { do: 'open' };
  try {
    return lastPage() === null ? { do: 'page', page: 0 } : wished();
  } catch (error) {
    if (storageProblemOf(error) === null) throw error;
    // A file that cannot be read any more is closed and opened again.
    return { do: 'close' };
  }
};

await perform(task.make ? { do: 'make' } : { do: 'open' });
let taken = 0;
while (task.steps === null || taken < task.steps) {
  for (const next of turns[task.phase]()) {
    await perform(nextStep(next));
    taken += 1;
  }
}
if (device !== null) await perform({ do: 'close' });
say({ say: 'done' });
