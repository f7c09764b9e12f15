import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { caseFilePaths } from '#main/db/file/case-file-paths.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { erasedScopes } from '#main/db/queries/erased-scope.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { indexPendingTexts } from '#main/core/derived/text-index.ts';
import { scrubErased } from '#main/core/syncing/scrub-erased.ts';
import { decryptedPages } from './decrypted-pages.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

/** Words that stand nowhere else. */
const canary = (number: number): string => `Kanarialintu-${number}-qxz`;

/** Letters of which the search index makes one entry of its own. */
const rareLetters = 'ꙮꙮꙮ';

/** All that lies in the case file's folder: the file and its -wal decrypted, the rest as it is. */
const everything = (): Buffer => {
  const folder = path.dirname(bare.file.path);
  return Buffer.concat([
    ...decryptedPages(bare.file.path, bare.file.key),
    ...fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name))),
  ]);
};

/** Which of the texts are found, as written or as the index folds them. */
const found = (texts: readonly string[]): readonly string[] => {
  const all = everything();
  return texts.filter((text) => all.includes(text) || all.includes(text.toLowerCase()));
};

const texts = (caseId: Id, numbers: readonly number[]) =>
  numbers.map((number, index) => ({
    seq: 2_000 + index,
    change: bare.other({
      caseId,
      value: { text: `${canary(number)} ${'Kulkee rollaattorilla. '.repeat(number % 40)}` },
    }),
  }));

const indexAll = (): void => {
  for (let more = true; more;) {
    const indexed = indexPendingTexts(bare.desk.db);
    more = indexed.ok && indexed.value.more;
  }
};

const range = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** Starts the program that takes the pages in, and kills it when it has. */
const killedAfterPages = async (file: string, input: string): Promise<void> => {
  const program = fileURLToPath(new URL('erase-child.ts', import.meta.url));
  const child = spawn(process.execPath, [program, file, input], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('applied\n');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

describe('a client that leaves', () => {
  it('P3 A10 leaves no text in any page, in the -wal, in the index or beside the file', () => {
    const clients = range(0, 24).map(() => bare.client());
    const leaving = clients.filter((_, index) => index % 3 === 1);
    const numbersOf = new Map(clients.map(({ caseId }, index) => [caseId, range(index * 100, 45)]));
    // In turn, some of each at a time, so that their rows share pages and pages are split.
    for (let from = 0; from < 45; from += 9) {
      for (const { caseId } of clients) {
        bare.take({ changes: texts(caseId, numbersOf.get(caseId)?.slice(from, from + 9) ?? []) });
      }
      indexAll();
    }
    const [first] = leaving;
    if (!first) throw new Error('Nobody leaves');
    const place = { kind: 'need', compartment: jointPlan, group: 'assessment' };
    const written = writeEdits(bare.desk, first.caseId, [
      { ...place, recordId: first.need.recordId, value: { text: canary(9_001) }, basedOn: [] },
    ]);
    const changeId = written.ok ? (written.value.changes[0]?.changeId ?? '') : '';
    bare.take({
      changes: [
        {
          seq: 3_000,
          change: bare.other({ caseId: first.caseId, value: { text: rareLetters } }),
        },
      ],
      receipts: [{ changeId, verdict: 'stored', seq: 3_001 }],
    });
    const draft = keepDraft(bare.desk, {
      ...place,
      caseId: first.caseId,
      recordId: anId(),
      value: { text: canary(9_002) },
      basedOn: [],
    });
    expect(draft.ok).toBe(true);
    indexAll();
    const gone = [
      ...leaving.flatMap(({ caseId }) => (numbersOf.get(caseId) ?? []).map(canary)),
      canary(9_001),
      canary(9_002),
      rareLetters,
    ];
    // The looking itself is proved first.
    expect(found(gone)).toEqual(gone);

    bare.take({ left: leaving.map(({ caseId }) => ({ caseId, compartment: jointPlan })) });
    const [sent] = bare.desk.db
      .all<{ body: string }>('SELECT body FROM outbox')
      .map(({ body }) => JSON.parse(body) as Change);
    expect(sent?.value).toEqual({ text: canary(9_002) });
    bare.take({ receipts: [{ changeId: sent?.id ?? '', verdict: 'review' }] });
    // Before the file is scrubbed the region is not told that they are gone.
    expect(erasedScopes(bare.desk.db, 100)).toEqual([]);
    expect(scrubErased(bare.desk).ok).toBe(true);
    expect(erasedScopes(bare.desk.db, 100)).toHaveLength(leaving.length);
    expect(readState(bare.desk.db, 'erasures')).toBeNull();
    for (const { caseId } of leaving) expect(findCase(bare.desk.db, caseId)).toBeUndefined();
    expect(found(gone)).toEqual([]);
    const stayed = clients.filter((client) => !leaving.includes(client));
    const kept = stayed.flatMap(({ caseId }) => (numbersOf.get(caseId) ?? []).map(canary));
    expect(found(kept)).toEqual(kept);
  });

  it('P3 a part that leaves alone leaves no text, while the rest is found as before', () => {
    const { caseId } = bare.client();
    const part = { caseId, compartment: 'patient/home-nursing' };
    const note = bare.other({
      ...part,
      kind: 'note',
      group: 'text',
      value: { text: `${canary(9_400)} ${rareLetters}` },
    });
    bare.take({
      changes: [{ seq: 3_100, change: note }, ...texts(caseId, [9_401])],
      entered: [part],
      grants: [grantOf(caseId, part)],
    });
    indexAll();
    expect(found([canary(9_400), rareLetters])).toHaveLength(2);
    bare.take({ left: [part] });
    scrubErased(bare.desk);
    expect(found([canary(9_400), rareLetters, canary(9_401)])).toEqual([canary(9_401)]);
  });

  it('P3 A10 leaves nothing either when the program is killed between the page and the scrubbing', async () => {
    const killed = await bareDesk();
    const { caseId } = killed.client();
    const gone = range(9_500, 60).map(canary);
    const pages = range(0, 10).map((part) =>
      killed.page({
        changes: range(9_500 + part * 6, 6).map((number) => ({
          seq: number,
          change: killed.other({ caseId, value: { text: canary(number) } }),
        })),
      }),
    );
    const file = killed.file.path;
    const input = path.join(path.dirname(file), 'pages.json');
    pages.push(killed.page({ left: [{ caseId, compartment: jointPlan }] }));
    const { person } = killed.desk;
    killed.file.close();
    fs.writeFileSync(
      input,
      JSON.stringify({ person, secret: 'koe', request: killed.request(), pages }),
    );
    await killedAfterPages(file, input);
    fs.rmSync(input);

    const opened = await openCaseFile({
      path: file,
      secrets: { secret: 'koe', keyChainSecret: null },
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const { db, key } = opened.value;
    const left = (): readonly string[] => {
      const all = Buffer.concat([...decryptedPages(file, key)]);
      return gone.filter((text) => all.includes(text));
    };
    expect(findCase(db, caseId)).toBeUndefined();
    expect(erasedScopes(db, 10)).toEqual([]);
    expect(left()).toEqual(gone);
    // What the sync thread does first when it starts again.
    expect(scrubErased({ db, now: Date.now })).toEqual({ ok: true, value: 'clean' });
    expect(erasedScopes(db, 10)).toEqual([{ caseId, compartment: jointPlan }]);
    expect(left()).toEqual([]);
    expect(opened.value.close().ok).toBe(true);
    killed.end();
  });

  it('P3 the file opens again when the program is killed in the middle of scrubbing', async () => {
    const killed = await bareDesk();
    const file = killed.file.path;
    // As it lies after the cut of the -wal and before the mark that work may lie in it is raised again.
    killed.desk.db.run('UPDATE file_state SET wal_expected = 0');
    killed.desk.db.returning('PRAGMA wal_checkpoint(TRUNCATE)');
    const copy = path.join(path.dirname(file), 'copy.db');
    const [from, to] = [caseFilePaths(file), caseFilePaths(copy)];
    for (const part of ['database', 'keyHeader', 'wal'] as const) {
      fs.copyFileSync(from[part], to[part]);
    }
    const opened = await openCaseFile({
      path: copy,
      secrets: { secret: 'koe', keyChainSecret: null },
    });
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.value.close();
    killed.end();
  });

  it('P3 a large file waits for a pause in the typing, but not for long', async () => {
    const large = await bareDesk();
    const { db } = large.desk;
    db.run("INSERT INTO setting (key, value) VALUES ('paino', hex(zeroblob(17000000)))");
    const gone = large.client();
    const stays = large.client();
    const type = (): void => {
      const kept = keepDraft(large.desk, {
        caseId: stays.caseId,
        recordId: stays.need.recordId,
        kind: 'need',
        compartment: jointPlan,
        group: 'assessment',
        value: { text: 'Kirjoitan.' },
        basedOn: [],
      });
      expect(kept.ok).toBe(true);
    };
    large.take({ left: [{ caseId: gone.caseId, compartment: jointPlan }] });
    type();
    expect(scrubErased(large.desk)).toEqual({ ok: true, value: 'waits' });
    expect(erasedScopes(db, 10)).toEqual([]);
    large.pass(20_000);
    type();
    expect(scrubErased(large.desk)).toEqual({ ok: true, value: 'clean' });
    large.take({ left: [{ caseId: stays.caseId, compartment: jointPlan }] });
    large.pass(4_000);
    expect(scrubErased(large.desk)).toEqual({ ok: true, value: 'clean' });
    large.end();
  });
});
