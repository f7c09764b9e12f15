import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { limits } from '#shared/protocol/version.ts';
import { withTransaction } from '#server/db/pool.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { membership } from '../region/wire-device.ts';
import type { TestPerson } from '../region/test-app.ts';
import { eventually, syncedStatus } from './desks.ts';
import { anId, opened, settledAs, startPair, status, write, type Pair } from './pair.ts';

/** More than fits in one message, in one answer or in one list of ids. */

let world: Pair['world'];
let founder: Pair['founder'];
let one: Pair['one'];
let two: Pair['two'];
let sharedClient: Pair['sharedClient'];
let logOf: Pair['logOf'];

beforeAll(async () => {
  ({ world, founder, one, two, sharedClient, logOf } = await startPair());
});
afterAll(() => world.end());

const mostOfABatch = 10_000;

/** Clients of the person's team with so many needs each, written by the region itself. */
const manyClients = async (
  person: TestPerson,
  clients: number,
  needsEach: number,
): Promise<readonly Id[]> => {
  const caseIds = Array.from({ length: clients }, anId);
  const changes = caseIds.flatMap((caseId): readonly Change[] => [
    membership(founder, caseId, { personId: person.personId }),
    founder.change({
      caseId,
      recordId: caseId,
      kind: 'client',
      group: 'identity',
      value: {
        familyName: 'Monilukuinen',
        givenNames: caseId.slice(-6),
        preferredName: '',
        personalIdentityCode: null,
        temporaryId: null,
        birthDate: null,
      },
    }),
    ...Array.from({ length: needsEach }, (_, index) =>
      founder.change({ caseId, value: { text: `Tarve ${index}.` } }),
    ),
  ]);
  for (let from = 0; from < changes.length; from += mostOfABatch) {
    await withTransaction(world.database.db, (tx) =>
      storeOwnChanges(tx, changes.slice(from, from + mostOfABatch), new Date()),
    );
  }
  return caseIds;
};

describe('very many', () => {
  it('scenarios 22 28: 150,000 records come in pages, and plans open while they come', async () => {
    const person = await world.newPerson('kaikkien omatyöntekijä');
    const caseIds = await manyClients(person, 300, 500);
    const newcomer = await world.newDesk(person);
    let openedMeanwhile = 0;
    const rows = await eventually(
      'every client here',
      async () => {
        const { rows: listed, total } = await newcomer.desk().get('clients.search', {
          query: '',
          sort: 'name',
          descending: false,
          offset: 0,
          limit: 500,
        });
        const { firstSync } = await newcomer.desk().get('sync.status', {});
        const last = listed.at(-1);
        if (last) {
          const view = await newcomer.desk().get('clients.open', {
            caseId: last.caseId,
            from: 'list',
          });
          // Whole or not here: a page brings records with their client.
          expect(view.records.length).toBeGreaterThan(0);
          if (firstSync !== null) openedMeanwhile += 1;
        }
        return total === caseIds.length && firstSync === null ? listed : null;
      },
      180_000,
    );
    expect(openedMeanwhile).toBeGreaterThan(10);
    expect(new Set(rows.map(({ caseId }) => caseId))).toEqual(new Set(caseIds));
    await syncedStatus(newcomer.desk());
    const lastView = await opened(newcomer, caseIds.at(-1) ?? '');
    expect(lastView.records.filter(({ kind }) => kind === 'need')).toHaveLength(500);
  }, 240_000);

  it('U1 L3 scenario 22: more unsent edits than one question for receipts may name', async () => {
    const { caseId } = await sharedClient();
    one.line.setOnline(false);
    const edits = limits.receiptsAsked + 300;
    for (let written = 0; written < edits; written += 100) {
      await one.desk().get('records.write', {
        caseId,
        edits: Array.from({ length: 100 }, (_, index) => ({
          recordId: anId(),
          kind: 'need',
          compartment: jointPlan,
          group: 'assessment',
          value: { text: `Verkotta ${written + index}.` },
          basedOn: [],
        })),
      });
    }
    const before = await logOf(caseId);
    // Every other answer to a push is lost: those receipts come by the next, or by the pull.
    let pushes = 0;
    one.line.decide((path) => {
      if (path === '/v1/push') pushes += 1;
      return path === '/v1/push' && pushes % 2 === 1 ? 'drop-reply' : 'pass';
    });
    one.line.setOnline(true);
    await eventually('all of it stored', async () => {
      await one.desk().get('sync.now', {});
      return (await logOf(caseId)) === before + edits;
    });
    one.line.decide(() => 'pass');
    await one.desk().get('sync.now', {});
    expect(await syncedStatus(one.desk())).toMatchObject({ waiting: 0, refused: 0 });
    expect(await logOf(caseId)).toBe(before + edits);
    await opened(two, caseId, (view) => view.records.length >= edits);
  }, 120_000);

  it('U1 scenario 21: texts that no single message holds go in several, and a message too large leaves nothing', async () => {
    const { caseId, recordId } = await sharedClient();
    one.line.setOnline(false);
    const text = 'ö'.repeat(90_000);
    for (let number = 0; number < 15; number += 1) {
      await one.desk().get('records.write', {
        caseId,
        edits: [
          {
            recordId: anId(),
            kind: 'need',
            compartment: jointPlan,
            group: 'assessment',
            value: { text },
            basedOn: [],
          },
        ],
      });
    }
    await write(one, caseId, recordId, 'status', status('Pitkien jälkeen'));
    const before = await logOf(caseId);
    one.line.setOnline(true);
    await opened(
      two,
      caseId,
      (view) =>
        settledAs(view, recordId, 'status', { reason: 'Pitkien jälkeen' }) &&
        view.records.filter((record) => record.kind === 'need').length === 16,
    );
    expect(await logOf(caseId)).toBe(before + 16);
    const tooMuch = Array.from({ length: 8 }, () =>
      founder.signed(founder.change({ caseId, value: { text } })),
    );
    expect(await founder.pushRaw(tooMuch)).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    });
    expect(await logOf(caseId)).toBe(before + 16);
  });
});
