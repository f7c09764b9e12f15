import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Change } from '#shared/domain/change.ts';
import { openJournal } from '#server/region/journal/journal-file.ts';
import { overHttp } from '../region/over-http.ts';
import { addPerson, type TestPerson } from '../region/test-app.ts';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import { foundClient, membership, wireDevice, wordOf } from '../region/wire-device.ts';
import { eventually } from './desks.ts';

/** Two server programs on one PostgreSQL. */

type Server = { readonly child: ChildProcess; readonly url: string };

let database: TestDatabase;
let folder: string;
let one: Server;
let two: Server;
let writer: TestPerson;
let reader: TestPerson;

const startServer = async (): Promise<Server> => {
  const child = spawn(
    process.execPath,
    [path.resolve('src/server/main.ts'), '--port', '0', '--data', folder],
    {
      env: { ...process.env, DATABASE_URL: database.ownerUrl },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const url = await eventually(
    'the server',
    async () => {
      if (child.exitCode !== null) throw new Error(said);
      return /answers on (http:\S+:\d+)\n/u.exec(said)?.[1];
    },
    90_000,
  );
  return { child, url };
};

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'punos-two-servers-'));
  writer = await addPerson(database.db, 'kirjoittaja');
  reader = await addPerson(database.db, 'lukija');
  [one, two] = await Promise.all([startServer(), startServer()]);
}, 120_000);
afterAll(async () => {
  for (const { child } of [one, two]) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

const through = (server: () => Server) => overHttp(() => server().url);

describe('two servers of one region', () => {
  it('P9 Q1 U3 E2: news through the other, one journal, and right receipts when one is killed', async () => {
    let serving = one;
    const here = await wireDevice(
      through(() => serving),
      writer,
    );
    const there = await wireDevice(
      through(() => two),
      reader,
    );
    const { caseId } = await foundClient(here);
    const place = membership(here, caseId, { personId: reader.personId });
    expect((await here.push(place)).map(wordOf)).toEqual(['stored']);
    const first = await there.pullAll();
    expect([...first.changes.values()].some((change) => change.caseId === caseId)).toBe(true);

    let news = 0;
    const live = new WebSocket(`${two.url.replace('http', 'ws')}/v1/live`, {
      headers: { authorization: `Bearer ${there.token}` },
    });
    live.on('message', () => {
      news += 1;
    });
    await once(live, 'open');
    const change = here.change({ caseId });
    await here.push(change);
    await eventually('news of what was written through the other', async () => news > 0);
    live.terminate();
    const { changes } = await there.pullAll({ cursor: first.cursor, begun: first.begun });
    expect(changes.has(change.id)).toBe(true);

    // Writers go on through both while one is killed; what was not answered is sent again to the other.
    const written = Array.from({ length: 12 }, () => here.change({ caseId }));
    const told = new Map<string, string>();
    const pushed = async (next: Change) => {
      try {
        return await here.push(next);
      } catch {
        serving = two;
        return await here.push(next);
      }
    };
    for (const [index, next] of written.entries()) {
      if (index === 4) one.child.kill('SIGKILL');
      if (index === 4) await once(one.child, 'exit');
      const answers = await pushed(next);
      for (const receipt of answers) told.set(receipt.changeId, wordOf(receipt));
      // Sent once more, through whichever lives: the same answer.
      expect(await here.push(next)).toEqual(answers);
    }
    expect([...told.values()]).toEqual(written.map(() => 'stored'));
    const rows = await database.db.query<{ seq: number }>(
      'SELECT seq FROM change_log WHERE change_id = ANY($1::uuid[]) ORDER BY seq',
      [written.map(({ id }) => id)],
    );
    expect(rows).toHaveLength(written.length);

    // The one that lives writes the journal on, each number once, and seals the log of use.
    const last = membership(here, caseId, { personId: writer.personId });
    await here.push(last);
    const numbers = await eventually('the last fact in the journal', async () => {
      const read: number[] = [];
      let found = false;
      for await (const { no, value } of openJournal(path.join(folder, 'anchors')).after(0)) {
        read.push(no);
        found ||= JSON.stringify(value).includes(last.id);
      }
      return found && read;
    });
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    await eventually('the log sealed', async () => {
      const [row] = await database.owner.query<{ count: number }>(
        'SELECT count(*) AS count FROM use_unsealed',
      );
      return row?.count === 0;
    });
  }, 240_000);
});
