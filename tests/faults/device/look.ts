import type { Id } from '#shared/domain/ids.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { readCard } from '#main/core/session/desk-cards.ts';
import { findHeldCase, readCase } from '#main/db/queries/changes.ts';
import { draftsOfCase } from '#main/db/queries/drafts.ts';
import { outboxOfCase } from '#main/db/queries/outbox.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { openDevice, type OpenDevice, type Trouble, type Versions } from './device.ts';
import { caseId, owner } from './pages.ts';

/** What lies in a case file that was opened again. */
export type Found = {
  readonly changes: ReadonlyMap<Id, { readonly text: string; readonly sendable: boolean }>;
  readonly texts: ReadonlySet<string>;
  readonly drafts: ReadonlyMap<Id, string>;
  readonly page: number;
  readonly waiting: number | null;
  readonly versions: Versions;
  /** Where the file contradicts itself. */
  readonly broken: readonly string[];
  /** Milliseconds from asking for the file to the first saved word. */
  readonly usableMs: number;
};

const textOf = (value: unknown): string => {
  const text = (value as { text?: unknown }).text;
  return typeof text === 'string' ? text : '';
};

const usable = ({ desk }: OpenDevice): readonly string[] => {
  const kept = keepDraft(desk, {
    caseId,
    recordId: caseId,
    kind: 'client',
    compartment: jointPlan,
    group: 'usable',
    value: { text: 'kelpaa' },
    basedOn: [],
  });
  return kept.ok ? [] : [`nothing can be saved: ${kept.error.code}`];
};

const contentOf = (
  folder: string,
  device: OpenDevice,
  versions: Versions,
  begun: number,
): Found => {
  const { desk } = device;
  const broken = [...usable(device)];
  const usableMs = performance.now() - begun;
  const caseNo = findHeldCase(desk.db, caseId);
  const known = caseNo === undefined ? [] : readCase(desk.db, caseNo);
  const outbox = caseNo === undefined ? [] : outboxOfCase(desk.db, caseNo);
  const waits = new Set(outbox.map((row) => row.changeId));
  const changes = new Map(
    known.map((change) => [
      change.id,
      {
        text: textOf(JSON.parse(change.valueText)),
        sendable: waits.has(change.id) || change.seq !== null,
      },
    ]),
  );
  // SPEC D1: the change and its row in the outbox stand or fall together.
  for (const change of known) {
    if (change.author.personId !== owner.id || changes.get(change.id)?.sendable === true) continue;
    broken.push(`change ${change.id} stands without its row in the outbox`);
  }
  for (const row of outbox) {
    if (!changes.has(row.changeId)) broken.push(`row ${row.counter} waits without its change`);
  }
  const rebuilt = desk.db
    .all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE name GLOB 'rebuilt_[0-9]*' AND type = 'table'",
    )
    .map(({ name }) => name);
  const wanted = versions.schema === 0 ? [] : [`rebuilt_${versions.schema}`];
  if (rebuilt.join() !== wanted.join()) broken.push(`half a migration: ${rebuilt.join()}`);
  const drafts = (caseNo === undefined ? [] : draftsOfCase(desk.db, caseNo)).filter(
    ({ group }) => group === 'assessment',
  );
  return {
    changes,
    texts: new Set([...changes.values()].map(({ text }) => text)),
    drafts: new Map(drafts.map((draft) => [draft.recordId, textOf(draft.value)])),
    page: Number(readState(desk.db, 'cursor')?.slice(1) ?? -1),
    waiting: readCard(folder, owner.id)?.waiting ?? null,
    versions,
    broken,
    usableMs,
  };
};

/**
 * Opens the file as the program does, by the first of the versions whose secret is right, reads what was to
 * be there, and closes it again.
 */
export const lookInto = async (
  folder: string,
  possible: readonly [Versions, ...Versions[]],
): Promise<Result<Found, Trouble>> => {
  const begun = performance.now();
  const [versions, ...others] = possible;
  const opened = await openDevice(folder, versions);
  const [next, ...rest] = others;
  if (!opened.ok && opened.error.kind === 'wrong-secret' && next !== undefined) {
    return lookInto(folder, [next, ...rest]);
  }
  if (!opened.ok) return opened;
  const found = contentOf(folder, opened.value, versions, begun);
  const closed = opened.value.close();
  return closed.ok ? ok(found) : closed;
};
