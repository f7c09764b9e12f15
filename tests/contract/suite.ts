import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { calls, type CallInput, type CallName } from '#shared/contract/calls.ts';
import { maxFrameDepth, maxFrameSize } from '#shared/contract/frame-limits.ts';
import type { ContractClient, ContractHost } from '#shared/contract/transport.ts';
import { err, ok } from '#shared/lib/result.ts';
import { probeHost, rightAnswers, rightInputs, type ProbeHost } from './probe-host.ts';

/** One window and its core, over the transport that is tested. */
export type Pair = {
  readonly client: ContractClient;
  readonly close: () => Promise<void>;
};

export type OpenPair = (
  host: ContractHost,
  onUnexpected: (callName: string, error: unknown) => void,
) => Promise<Pair>;

const names = Object.keys(calls) as CallName[];

/** What every transport of the contract promises; run on each of them. */
export const contractSuite = (transport: string, openPair: OpenPair): void => {
  describe(`the contract over ${transport}`, () => {
    const open: Pair[] = [];
    const start = async (host: ProbeHost = probeHost()): Promise<Pair & { host: ProbeHost }> => {
      const pair = await openPair(host, (name, error) => {
        host.unexpected.push(`${name}: ${String(error)}`);
      });
      open.push(pair);
      return { ...pair, host };
    };
    /** A call as a mistaken or hostile page would write it. */
    const callAnything = (client: ContractClient, name: unknown, input: unknown) =>
      client.call(name as CallName, input as CallInput<CallName>);

    afterEach(async () => {
      await Promise.all(open.splice(0).map((pair) => pair.close()));
    });

    it.each(names)('carries %s to the core and its answer back', async (name) => {
      const { client, host } = await start();
      await expect(callAnything(client, name, rightInputs[name])).resolves.toEqual(
        ok(rightAnswers[name]),
      );
      expect(host.seen).toEqual([{ name, input: rightInputs[name] }]);
    });

    it.each(names)('refuses fields that %s does not know', async (name) => {
      const { client, host } = await start();
      const outcome = await callAnything(client, name, { ...rightInputs[name], role: 'admin' });
      expect(outcome).toEqual(err({ code: 'bad-input' }));
      expect(host.seen).toEqual([]);
    });

    it.each(names)('refuses wrong types in %s', async (name) => {
      const { client, host } = await start();
      for (const input of [undefined, null, 1, 'text', true, [], [rightInputs[name]]]) {
        expect(await callAnything(client, name, input)).toMatchObject({ ok: false });
      }
      for (const field of Object.keys(rightInputs[name])) {
        // No field of any call is a function of nothing: an array in an array fits none of them.
        const input = { ...rightInputs[name], [field]: [[[]]] };
        const outcome = await callAnything(client, name, input);
        expect(outcome).toMatchObject({
          ok: false,
          error: { path: expect.stringContaining(field) },
        });
      }
      expect(host.seen).toEqual([]);
    });

    it('refuses names outside the map, those that every object has included', async () => {
      const { client, host } = await start();
      const strangers = [
        'clients.erase',
        '',
        'toString',
        'constructor',
        '__proto__',
        'hasOwnProperty',
      ];
      for (const name of strangers) {
        const outcome = await callAnything(client, name, {});
        expect(outcome).toEqual(err({ code: 'unknown-call' }));
      }
      expect(host.seen).toEqual([]);
    });

    it('says where the input is wrong, and with our own words where there are some', async () => {
      const { client } = await start();
      const wrongId = await client.call('clients.open', { caseId: 'Virtanen', from: 'list' });
      expect(wrongId).toEqual(err({ code: 'not-an-id', path: 'caseId' }));
      const longName = await client.call('session.signIn', {
        login: 'a'.repeat(201),
        secret: '',
      });
      expect(longName).toEqual(err({ code: 'text-too-long', path: 'login' }));
    });

    it('refuses what is too large, too deep or no JSON, and goes on', async () => {
      const { client, host } = await start();
      let deep: unknown = 'bottom';
      for (let level = 0; level < maxFrameDepth + 1; level += 1) deep = [deep];
      const wrong: readonly (readonly [unknown, string])[] = [
        [{ query: 'ä'.repeat(maxFrameSize + 1) }, 'too-large'],
        [{ deep }, 'bad-input'],
        [{ when: new Date(0) }, 'bad-input'],
        [{ map: new Map([[1, 2]]) }, 'bad-input'],
        [{ bytes: new Uint8Array(4) }, 'bad-input'],
        [{ big: 1n }, 'bad-input'],
        [{ nothing: Number.NaN }, 'bad-input'],
        [{ run: () => 'x' }, 'bad-input'],
      ];
      for (const [input, code] of wrong) {
        expect(await callAnything(client, 'text.search', input)).toEqual(err({ code }));
      }
      const circle: Record<string, unknown> = {};
      circle['self'] = circle;
      expect(await callAnything(client, 'text.search', circle)).toEqual(err({ code: 'bad-input' }));
      expect(host.seen).toEqual([]);
      expect(await client.call('session.state', {})).toMatchObject({ ok: true });
    });

    it('carries a text as large as the limit allows, control characters and all', async () => {
      const { client } = await start();
      // Each becomes six characters of JSON: the longest that a unit can become.
      const query = '\u0001'.repeat(maxFrameSize - 100);
      const outcome = await client.call('text.search', { query, limit: 1 });
      expect(outcome).toEqual(err({ code: 'bad-input', path: 'query' }));
    });

    it('carries words as they were written', async () => {
      const { client, host } = await start();
      const words = 'Äidin “toive”: <img onerror=alert(1)> \u202Eesrever\u202C 👩‍👩‍👧 \u2028\ttab';
      const input = { caseId: rightInputs['clients.open'].caseId, query: words, limit: 5 };
      await client.call('text.search', { query: input.query, limit: input.limit });
      expect(host.seen[0]?.input).toEqual({ query: words, limit: 5 });
    });

    it('tells a thrown error as `unexpected` and nothing of what it said', async () => {
      const secret = 'SQLITE_CORRUPT in /home/aino/case.db, key 7f3a';
      const { client, host } = await start(
        probeHost({
          'sync.now': () => Promise.reject(new Error(secret)),
          'sync.status': () => {
            throw new Error(secret);
          },
        }),
      );
      expect(await client.call('sync.now', {})).toEqual(err({ code: 'unexpected' }));
      expect(await client.call('sync.status', {})).toEqual(err({ code: 'unexpected' }));
      expect(host.unexpected).toEqual([
        `sync.now: Error: ${secret}`,
        `sync.status: Error: ${secret}`,
      ]);
      expect(await client.call('session.state', {})).toMatchObject({ ok: true });
    });

    it('keeps an answer that does not fit its schema from the window', async () => {
      const { client, host } = await start(
        probeHost({
          'drafts.save': () => Promise.resolve(ok({ savedAt: 'yesterday' } as never)),
          'clients.create': () =>
            Promise.resolve(
              ok({ caseId: rightInputs['clients.open'].caseId, key: '7f3a' } as never),
            ),
        }),
      );
      const draft = await client.call('drafts.save', rightInputs['drafts.save']);
      expect(draft).toEqual(err({ code: 'unexpected' }));
      expect(host.unexpected).toHaveLength(1);
      // A field that the schema does not name never leaves.
      const made = await client.call('clients.create', rightInputs['clients.create']);
      expect(made).toEqual(ok({ caseId: rightInputs['clients.open'].caseId }));
    });

    it('passes a handler’s own problem on', async () => {
      const problem = { code: 'slow-down', retryAfterSeconds: 30 };
      const { client } = await start(
        probeHost({ 'session.signIn': () => Promise.resolve(err(problem)) }),
      );
      const outcome = await client.call('session.signIn', rightInputs['session.signIn']);
      expect(outcome).toEqual(err(problem));
    });

    it('brings events to every subscriber in order', async () => {
      const { client, host } = await start();
      const first: number[] = [];
      const second: number[] = [];
      client.subscribe('sync.status', (status) => first.push(status.waiting));
      client.subscribe('sync.status', (status) => second.push(status.waiting));
      await client.call('session.state', {});
      const sent = Array.from({ length: 200 }, (_, waiting) => waiting);
      for (const waiting of sent) {
        host.emit('sync.status', { ...rightAnswers['sync.status'], waiting });
      }
      await expect.poll(() => second.length).toBe(sent.length);
      expect(first).toEqual(sent);
      expect(second).toEqual(sent);
    });

    it('brings an event that came before an answer before that answer', async () => {
      const host = probeHost({
        'records.remove': async () => {
          host.emit('clients.changed', { caseIds: [rightInputs['clients.open'].caseId] });
          return ok(rightAnswers['records.remove']);
        },
      });
      const { client } = await start(host);
      const order: string[] = [];
      client.subscribe('clients.changed', () => order.push('event'));
      await client.call('records.remove', rightInputs['records.remove']);
      order.push('answer');
      expect(order).toEqual(['event', 'answer']);
    });

    it('ends a subscription when asked, also from inside a listener, and only that one', async () => {
      const { client, host } = await start();
      const told: string[] = [];
      const listener = (): void => void told.push('twice subscribed');
      const end = client.subscribe('directory.changed', listener);
      client.subscribe('directory.changed', listener);
      const once = client.subscribe('directory.changed', () => {
        told.push('once');
        once();
      });
      await client.call('session.state', {});
      host.emit('directory.changed', {});
      await expect.poll(() => told.length).toBe(3);
      end();
      end();
      host.emit('directory.changed', {});
      await client.call('session.state', {});
      expect(told).toEqual(['twice subscribed', 'twice subscribed', 'once', 'twice subscribed']);
    });

    it('drops events that are unknown or fit no schema, and brings the next', async () => {
      const { client, host } = await start();
      const told: unknown[] = [];
      client.subscribe('clients.changed', (body) => told.push(body));
      await client.call('session.state', {});
      host.emitRaw({ type: 'event', name: 'clients.changed', body: { caseIds: [7] } });
      host.emitRaw({ type: 'event', name: 'clients.changed', body: null });
      host.emitRaw({ type: 'event', name: 'constructor', body: {} });
      host.emitRaw({ type: 'gossip' } as never);
      host.emit('clients.changed', { caseIds: [] });
      await expect.poll(() => told).toEqual([{ caseIds: [] }]);
    });

    it('answers a thousand calls at once, each its own caller', async () => {
      const { client } = await start(
        probeHost({
          // The later the call, the sooner the answer: order must come from the ids alone.
          'text.search': async ({ query }) => {
            for (let turn = Number(query); turn < 1_000; turn += 50) await Promise.resolve();
            return ok({ hits: [{ ...hit, excerpt: query }] });
          },
        }),
      );
      const outcomes = await Promise.all(
        Array.from({ length: 1_000 }, (_, index) =>
          client.call('text.search', { query: String(index), limit: 1 }),
        ),
      );
      const excerpts = outcomes.map((outcome) =>
        outcome.ok ? outcome.value.hits[0]?.excerpt : '',
      );
      expect(excerpts).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index)));
    });

    it('answers calls under way, and later ones, `connection-lost` when closed', async () => {
      const { client, host } = await start(probeHost({ 'sync.now': () => new Promise(() => {}) }));
      const told: unknown[] = [];
      client.subscribe('directory.changed', (body) => told.push(body));
      const underWay = client.call('sync.now', {});
      await expect.poll(() => host.seen.length).toBe(1);
      client.close();
      client.close();
      expect(await underWay).toEqual(err({ code: 'connection-lost' }));
      expect(await client.call('session.state', {})).toEqual(err({ code: 'connection-lost' }));
      host.emit('directory.changed', {});
      expect(told).toEqual([]);
    });

    it('lets no generated input through to a handler, nor breaks on one', async () => {
      const { client, host } = await start();
      // Calls without fields take the empty object, and nothing else; the others are never that lucky.
      const withFields = names.filter((name) => Object.keys(rightInputs[name]).length > 0);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...withFields),
          fc.jsonValue({ maxDepth: 4 }),
          async (name, input) => {
            expect(await callAnything(client, name, input)).toMatchObject({ ok: false });
          },
        ),
        { numRuns: 2_000 },
      );
      expect(host.seen).toEqual([]);
      expect(host.unexpected).toEqual([]);
    });
  });
};

const hit = {
  caseId: rightInputs['clients.open'].caseId,
  recordId: rightInputs['clients.open'].caseId,
  kind: 'goal',
  group: 'words',
  clientName: 'Aino Virta',
  excerpt: '',
};
