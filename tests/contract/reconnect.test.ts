import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { webSocketClient, type SocketLike } from '#renderer/client/websocket.ts';
import type { ContractClient } from '#shared/contract/transport.ts';
import { ok, err } from '#shared/lib/result.ts';
import type { LoopbackHost } from '#main/hosts/loopback/start-loopback-host.ts';
import { lineUrl, makeWindowFolder, openFrom, startHost, tokenOf } from './loopback-pair.ts';
import { probeHost, rightAnswers } from './probe-host.ts';

let window: Awaited<ReturnType<typeof makeWindowFolder>>;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  window = await makeWindowFolder();
});
afterAll(() => window.remove());
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const host = async (core = probeHost()): Promise<LoopbackHost> => {
  const started = await startHost(core, window.folder);
  ends.push(started.close);
  return started;
};

/** A client whose pauses end when the test says; `target` may change between attempts. */
const patientClient = (target: () => LoopbackHost) => {
  const pauses: number[] = [];
  const attempts: string[] = [];
  let wake = (): void => {};
  const client: ContractClient = webSocketClient({
    url: 'ws://unused',
    token: 'unused',
    open: (): SocketLike => {
      const to = target();
      attempts.push(lineUrl(to));
      return openFrom(`http://127.0.0.1:${to.port}`)(lineUrl(to), [
        'punos.contract.1',
        `punos.token.${tokenOf(to)}`,
      ]);
    },
    later: (run, milliseconds) => {
      pauses.push(milliseconds);
      wake = run;
      return () => void (wake = () => {});
    },
  });
  ends.push(() => client.close());
  return { client, pauses, attempts, wake: () => wake() };
};

it('answers calls under way `connection-lost`, reconnects, says so and brings events again', async () => {
  const stuck = probeHost({ 'sync.now': () => new Promise(() => {}) });
  let now = await host(stuck);
  const { client, pauses, wake } = patientClient(() => now);
  let reconnected = 0;
  client.onReconnect(() => (reconnected += 1));
  const told: unknown[] = [];
  client.subscribe('clients.changed', (body) => told.push(body));

  const underWay = client.call('sync.now', {});
  await expect.poll(() => stuck.seen.length).toBe(1);
  await now.close();
  expect(await underWay).toEqual(err({ code: 'connection-lost' }));
  expect(await client.call('session.state', {})).toEqual(err({ code: 'connection-lost' }));
  expect(stuck.listeners()).toBe(0);
  expect(reconnected).toBe(0);

  const later = probeHost();
  now = await host(later);
  expect(pauses).toEqual([250]);
  wake();
  expect(await client.call('session.state', {})).toEqual(ok(rightAnswers['session.state']));
  expect(reconnected).toBe(1);
  later.emit('clients.changed', { caseIds: [] });
  await expect.poll(() => told).toEqual([{ caseIds: [] }]);
});

it('waits longer after each failed attempt, at most five seconds', async () => {
  const gone = await host();
  await gone.close();
  const { client, pauses, wake } = patientClient(() => gone);
  // Called while the attempt is under way: it waits for the outcome, and that is a loss.
  expect(await client.call('session.state', {})).toEqual(err({ code: 'connection-lost' }));
  for (let attempt = 1; attempt < 8; attempt += 1) {
    wake();
    await expect.poll(() => pauses.length).toBe(attempt + 1);
  }
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
});

it('does not try again when the host refuses the token', async () => {
  const started = await host();
  const pauses: number[] = [];
  const client = webSocketClient({
    url: lineUrl(started),
    token: 'somebody-elses',
    open: openFrom(`http://127.0.0.1:${started.port}`),
    later: (_run, milliseconds) => {
      pauses.push(milliseconds);
      return () => {};
    },
  });
  ends.push(() => client.close());
  expect(await client.call('session.state', {})).toEqual(err({ code: 'connection-lost' }));
  expect(await client.call('session.state', {})).toEqual(err({ code: 'connection-lost' }));
  expect(pauses).toEqual([]);
});

it('stops trying when closed', async () => {
  const gone = await host();
  await gone.close();
  const { client, pauses, attempts, wake } = patientClient(() => gone);
  await expect.poll(() => pauses.length).toBe(1);
  client.close();
  wake();
  expect(attempts).toHaveLength(1);
});
