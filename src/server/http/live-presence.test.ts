import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveMessage, presence as rules, type LiveMessage } from '#shared/protocol/live.ts';
import {
  startRightsWorld,
  type Desk,
  type RightsWorld,
  type TestClient,
} from '../../../tests/region/rights-world.ts';
import { testApp, testId, type TestApp } from '../../../tests/region/test-app.ts';
import { eventually } from '../../../tests/story/desks.ts';
import { endSessionsOf } from '../region/identity/sessions.ts';
import { startPresence, type Presence } from '../region/presence/presence.ts';
import { listenForNews, type News } from '../region/syncing/news.ts';

let world: RightsWorld;
let app: TestApp;
let news: News;
let presence: Presence;
let client: TestClient;
let nurse: Desk;

beforeAll(async () => {
  world = await startRightsWorld();
  const { db } = world.database;
  const { now } = world.region;
  news = await listenForNews(db, () => {}, now);
  presence = await startPresence(db, { now, onLost: () => {} });
  app = await testApp(db, { news, presence, now, pingEveryMs: 2_000 });
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  client = await world.client();
  nurse = await world.desk('nurse');
  await client.letIn(nurse);
});
afterAll(async () => {
  await app.app.close();
  await presence.end();
  await news.end();
  await world.end();
});

const lineOf = async (desk: Desk) => {
  const { port } = app.app.server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/live`, {
    headers: { authorization: `Bearer ${desk.token}` },
  });
  const heard: LiveMessage[] = [];
  socket.on('message', (data: Buffer) => {
    heard.push(liveMessage.parse(JSON.parse(data.toString('utf8'))));
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  await once(socket, 'open');
  return {
    socket,
    closed,
    heard,
    say: (caseId: string, part: object | null = null) =>
      socket.send(JSON.stringify({ type: 'here', caseId, open: true, part })),
    sees: () =>
      heard
        .flatMap((message) => (message.type === 'here' ? [message] : []))
        .at(-1)
        ?.people.map(({ personId }) => personId),
  };
};

const until = (what: string, holds: () => boolean) => eventually(what, async () => holds());

describe('W5 a live line that speaks', () => {
  it('W1 W5 tells of who is here, and a line that says nothing hears of news alone', async () => {
    const [speaking, other] = [await lineOf(nurse), await lineOf(client.custodian)];
    const silent = await lineOf(nurse);
    await nurse.pullAll();
    speaking.say(client.caseId);
    other.say(client.caseId);
    await until('the nurse sees the custodian', () =>
      (speaking.sees() ?? []).includes(client.custodian.personId),
    );
    await client.write(client.custodian, 'joint/plan');
    await until('news come to both', () =>
      [speaking, silent].every(({ heard }) => heard.some(({ type }) => type === 'news')),
    );
    expect(silent.heard.every(({ type }) => type === 'news')).toBe(true);
    for (const { socket } of [speaking, other, silent]) socket.close();
  });

  it('W3 hears at once that a line ended', async () => {
    const [speaking, other] = [await lineOf(nurse), await lineOf(client.custodian)];
    speaking.say(client.caseId);
    other.say(client.caseId);
    await until('seen', () => speaking.sees()?.length === 1);
    other.socket.terminate();
    await until('gone', () => speaking.sees()?.length === 0);
    expect(speaking.socket.readyState).toBe(WebSocket.OPEN);
    speaking.socket.close();
  });

  it('W2 W3 of a session that has ended is heard of no more', async () => {
    const doctor = await world.desk('doctor');
    await client.letIn(doctor);
    const [speaking, other] = [await lineOf(nurse), await lineOf(doctor)];
    speaking.say(client.caseId);
    other.say(client.caseId);
    await until('seen', () => speaking.sees()?.length === 1);
    await endSessionsOf(world.database.db, doctor.personId, world.region.now());
    expect(await other.closed).toBe(1008);
    await until('gone', () => speaking.sees()?.length === 0);
    speaking.socket.close();
  });

  it('W5 is closed when it says too much at once', async () => {
    const line = await lineOf(nurse);
    for (let n = 0; n < rules.sayingsAtOnce; n += 1) line.say(testId());
    line.say(client.caseId);
    expect(await line.closed).toBe(1008);
  });

  it('W5 may say one more each second', async () => {
    const line = await lineOf(nurse);
    const other = await lineOf(client.custodian);
    other.say(client.caseId);
    for (let n = 0; n < rules.sayingsAtOnce; n += 1) line.say(client.caseId);
    await until('answered', () => line.sees()?.length === 1);
    for (let n = 0; n < 3; n += 1) {
      world.region.pass(1_000);
      const before = line.heard.length;
      line.say(client.caseId);
      await until('answered again', () => line.heard.length > before);
    }
    line.say(client.caseId);
    expect(await line.closed).toBe(1008);
    other.socket.close();
  });

  /** Whatever is no saying of ours: text, JSON of another shape, bytes. */
  const good = { type: 'here', caseId: testId(), open: true, part: null };
  const rubbish = fc.oneof(
    fc.string(),
    fc.json(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      Buffer.from(JSON.stringify(good)),
      JSON.stringify({ ...good, caseId: 'x' }),
      JSON.stringify({ ...good, open: 'yes' }),
      JSON.stringify({ ...good, type: 'news' }),
      JSON.stringify({ ...good, part: { recordId: good.caseId } }),
      JSON.stringify({ ...good, part: { recordId: good.caseId, group: 'a\u0000b' } }),
      JSON.stringify({ ...good, part: { recordId: good.caseId, group: '__proto__' } }),
      JSON.stringify([good]),
      'x'.repeat(5_000),
    ),
  );

  it('W5 is closed at rubbish, and the others go on hearing of news', async () => {
    const listener = await lineOf(nurse);
    await nurse.pullAll();
    await fc.assert(
      fc.asyncProperty(rubbish, async (frame) => {
        const line = await lineOf(client.custodian);
        line.socket.send(frame);
        // 1009: longer than a message may be.
        expect([1008, 1009]).toContain(await line.closed);
      }),
      { numRuns: 60 },
    );
    const before = listener.heard.length;
    await client.write(client.custodian, 'joint/plan');
    await until('news', () => listener.heard.length > before);
    listener.socket.close();
  });
});
