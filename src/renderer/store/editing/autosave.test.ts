import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallHandlers } from '#shared/contract/transport.ts';
import { err, ok } from '#shared/lib/result.ts';
import { memoryClient } from '#renderer/client/index.ts';
import { probeHost, type ProbeHost } from '../../../../tests/contract/probe-host.ts';
import { goal, idOf, settled, viewOf } from '../../../../tests/window/records.ts';
import { clientsApi } from '../calls/clients-api.ts';
import { makeStore, type AppStore } from '../store.ts';
import { keepAfterMs, keepAllDrafts, writeAfterMs, writeEdit } from './autosave.ts';
import { editKey, typed } from './editing-slice.ts';

const target = {
  caseId: idOf(1_000),
  recordId: idOf(20),
  kind: 'goal',
  compartment: 'joint/plan',
  group: 'statement',
};
const key = editKey(target);
const before = { title: 'Käy saunassa', description: '', voice: 'client' };

const open = (own: Partial<CallHandlers> = {}): { host: ProbeHost; store: AppStore } => {
  const host = probeHost({
    'records.write': async () =>
      ok({
        changes: [{ changeId: idOf(77), recordId: target.recordId, group: target.group }],
        savedAt: 1_000,
      }),
    ...own,
  });
  return { host, store: makeStore(memoryClient(host)) };
};

const type = (store: AppStore, title: string, writesItself = true): void => {
  store.dispatch(
    typed({
      ...target,
      value: { ...before, title },
      basedOn: [idOf(1)],
      startedFrom: before,
      writesItself,
    }),
  );
};

const inputs = (host: ProbeHost, name: string) =>
  host.seen.filter((call) => call.name === name).map((call) => call.input);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('autosave', () => {
  test('a pause in typing stores one draft, with the last letter', async () => {
    const { host, store } = open();
    for (const title of ['K', 'Ka', 'Kav']) {
      type(store, title);
      await vi.advanceTimersByTimeAsync(keepAfterMs - 1);
    }
    expect(inputs(host, 'drafts.save')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(inputs(host, 'drafts.save')).toMatchObject([
      {
        recordId: target.recordId,
        group: 'statement',
        value: { title: 'Kav' },
        basedOn: [idOf(1)],
      },
    ]);
    expect(store.getState().editing[key]).toMatchObject({ state: 'kept', keptAt: 4 });
    expect(inputs(host, 'records.write')).toEqual([]);
  });

  test('ten quiet seconds make a change, based on what the writer saw', async () => {
    const { host, store } = open();
    type(store, 'Käy saunassa lauantaisin');
    await vi.advanceTimersByTimeAsync(writeAfterMs);
    expect(inputs(host, 'records.write')).toMatchObject([
      {
        edits: [
          { group: 'statement', value: { title: 'Käy saunassa lauantaisin' }, basedOn: [idOf(1)] },
        ],
      },
    ]);
    expect(store.getState().editing[key]).toMatchObject({ state: 'written', writtenAs: idOf(77) });
  });

  test('a note and a joint version wait to be asked', async () => {
    const { host, store } = open();
    type(store, 'Yhteinen', false);
    await vi.advanceTimersByTimeAsync(writeAfterMs * 2);
    expect(inputs(host, 'records.write')).toEqual([]);
    expect(inputs(host, 'drafts.save')).toHaveLength(1);
  });

  test('leaving with nothing changed writes nothing and lets the draft go', async () => {
    const { host, store } = open();
    type(store, 'Käy saunassaX');
    await vi.advanceTimersByTimeAsync(keepAfterMs);
    type(store, 'Käy saunassa');
    await store.dispatch(writeEdit(key));
    expect(inputs(host, 'records.write')).toEqual([]);
    expect(inputs(host, 'drafts.discard')).toHaveLength(1);
    expect(store.getState().editing[key]).toBeUndefined();
  });

  test('a value that does not fit stays in the field, says where, and is kept as a draft', async () => {
    const { host, store } = open();
    type(store, '');
    await store.dispatch(writeEdit(key));
    expect(inputs(host, 'records.write')).toEqual([]);
    expect(inputs(host, 'drafts.save')).toMatchObject([{ value: { title: '' } }]);
    expect(store.getState().editing[key]).toMatchObject({
      state: 'problem',
      fields: { title: 'required' },
      value: { title: '' },
    });
  });

  test('letters typed while the writing lasts continue from what was written', async () => {
    let finish: () => void = () => {};
    const lasts = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { host, store } = open({
      'records.write': async () => {
        await lasts;
        return ok({
          changes: [{ changeId: idOf(77), recordId: target.recordId, group: target.group }],
          savedAt: 1_000,
        });
      },
    });
    type(store, 'Käy uimassa');
    const writing = store.dispatch(writeEdit(key));
    await vi.advanceTimersByTimeAsync(1);
    type(store, 'Käy uimassa usein');
    finish();
    await writing;
    expect(store.getState().editing[key]).toMatchObject({
      state: 'kept',
      value: { title: 'Käy uimassa usein' },
      basedOn: [idOf(77)],
      startedFrom: { title: 'Käy uimassa' },
    });
    expect(inputs(host, 'drafts.save')).toMatchObject([{ basedOn: [idOf(77)] }]);
  });

  test.each(['no-space', 'no-permission', 'busy', 'damaged', 'disk-error'])(
    'A3 a disk that answers %s leaves the text in the window, says why, and is asked again',
    async (kind) => {
      let broken = true;
      const answer = async <T>(whole: T) => (broken ? err({ code: `storage-${kind}` }) : ok(whole));
      const changes = [{ changeId: idOf(77), recordId: target.recordId, group: target.group }];
      const { store } = open({
        'records.write': () => answer({ changes, savedAt: 1_000 }),
        'drafts.save': () => answer({ savedAt: 4 }),
      });
      type(store, 'Käy uimassa');
      await vi.advanceTimersByTimeAsync(keepAfterMs);
      await store.dispatch(writeEdit(key));
      expect(store.getState().editing[key]).toMatchObject({
        state: 'problem',
        problem: { code: `storage-${kind}` },
        value: { title: 'Käy uimassa' },
        keptAt: null,
      });
      broken = false;
      await store.dispatch(writeEdit(key));
      expect(store.getState().editing[key]).toMatchObject({
        state: 'written',
        value: { title: 'Käy uimassa' },
      });
    },
  );

  test('before locking, every unfinished text is stored', async () => {
    const { host, store } = open();
    type(store, 'Kesken');
    await store.dispatch(keepAllDrafts());
    expect(inputs(host, 'drafts.save')).toMatchObject([{ value: { title: 'Kesken' } }]);
  });

  test('a written group is let go when the core’s picture has it', async () => {
    const after = { ...before, title: 'Käy uimassa' };
    let statement = settled(1, before);
    const { store } = open({
      'clients.open': async () => ok(viewOf({ ...goal(20, '', 10, 'a0'), groups: { statement } })),
    });
    type(store, 'Käy uimassa');
    await store.dispatch(writeEdit(key));
    const read = () =>
      store.dispatch(
        clientsApi.endpoints.openClient.initiate(
          { caseId: target.caseId, from: 'list' },
          { forceRefetch: true, subscribe: false },
        ),
      );
    await read();
    expect(store.getState().editing[key]?.state).toBe('written');
    statement = settled(77, after);
    await read();
    expect(store.getState().editing[key]).toBeUndefined();
  });
});
