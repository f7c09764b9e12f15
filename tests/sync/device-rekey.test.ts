import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedText } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { rekeyText } from '#shared/protocol/session.ts';
import { withTransaction } from '#main/db/handles.ts';
import { allCases, findCase } from '#main/db/queries/cases.ts';
import { draftsOfCase } from '#main/db/queries/drafts.ts';
import { readDeviceId } from '#main/db/queries/file-identity.ts';
import { allRefused, nextToSend, noteRefused } from '#main/db/queries/outbox.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import { adoptHeld, readChain, unheldUses } from '#main/db/queries/use-log.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { newDeviceKey, publicKeyOf } from '#main/core/session/device-key.ts';
import { introductionOf } from '#main/core/session/introduction.ts';
import { rekey } from '#main/core/session/rekey.ts';
import { aLook } from '#main/core/use/testing/use-desk.ts';
import { noteUse } from '#main/core/use/note-use.ts';
import type { Desk } from '#main/core/desk.ts';
import { anId, bareDesk, type BareDesk, writeNeed } from './device-fixture.ts';

const oldKey = newDeviceKey();

let bare: BareDesk;
let caseId: Id;
beforeEach(async () => {
  bare = await bareDesk();
  withTransaction(bare.desk.db, (db) => writeState(db, 'deviceKey', oldKey.privateKey));
  ({ caseId } = bare.client());
});
afterEach(() => bare.end());

const holds = (publicKey: string, text: string, signature: string): boolean => {
  const prefix = Buffer.from('302a300506032b6570032100', 'hex');
  const spki = Buffer.concat([prefix, Buffer.from(publicKey, 'base64url')]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
};

const waiting = () => nextToSend(bare.desk.db, { changes: 100, bytes: 1e9 }, 0);
const unheld = () => unheldUses(bare.desk.db, { entries: 100, bytes: 1e9 });

const write = (desk: Desk, text: string): Id => writeNeed(desk, caseId, text);

const rekeyed = (): Desk => {
  const done = rekey({ desk: bare.desk, file: bare.file });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value.desk;
};

describe('a new id and key', () => {
  it('I3 sign what waits anew, in its order, under new counters', () => {
    const before = ['ensin', 'sitten', 'lopuksi'].map((text) => write(bare.desk, text));
    const counters = waiting().map(({ counter }) => counter);
    const desk = rekeyed();
    const rows = waiting();
    expect(rows.map(({ changeId }) => changeId)).toEqual(before);
    expect(Math.min(...rows.map(({ counter }) => counter))).toBeGreaterThan(Math.max(...counters));
    const { id, publicKey } = introductionOf(desk.db, 'Työasema');
    for (const { change, signature } of rows) {
      expect(holds(publicKey, signedText(change), signature)).toBe(true);
    }
    // What is written from now on is signed by it too.
    write(desk, 'vielä');
    const last = waiting().at(-1);
    expect(last && holds(publicKey, signedText(last.change), last.signature)).toBe(true);
    expect(id).toBe(desk.deviceId);
    expect(id).not.toBe(bare.desk.deviceId);
    expect(readDeviceId(desk.db)).toBe(id);
  });

  it('I3 leave the refused, the drafts, the lease and the session as they were', () => {
    const { db } = bare.desk;
    const refused = write(bare.desk, 'ei kelvannut');
    const place = { recordId: anId(), kind: 'need', compartment: jointPlan, group: 'assessment' };
    const draft = keepDraft(bare.desk, {
      ...place,
      caseId,
      value: { text: 'kesken' },
      basedOn: [],
    });
    expect(draft.ok).toBe(true);
    withTransaction(db, (tx) => {
      noteRefused(tx, refused, 'read-only');
      writeState(tx, 'lease', { usedMs: 5, seenMs: 7 });
      writeState(tx, 'sessionToken', 'token');
      writeState(tx, 'refreshToken', 'refresh');
    });
    rekeyed();
    expect(allRefused(db).map(({ changeId }) => changeId)).toEqual([refused]);
    expect(draftsOfCase(db, findCase(db, caseId) ?? 0)).toHaveLength(1);
    expect(readState(db, 'lease')).toEqual({ usedMs: 5, seenMs: 7 });
    expect(readState(db, 'sessionToken')).toBe('token');
    expect(readState(db, 'refreshToken')).toBe('refresh');
  });

  it('I4 are signed by the old key, until a session has been opened with them', () => {
    const desk = rekeyed();
    const { replaces, ...device } = introductionOf(desk.db, 'Työasema');
    expect(replaces?.id).toBe(bare.desk.deviceId);
    const oldPublic = publicKeyOf(oldKey.privateKey);
    expect(holds(oldPublic, rekeyText(device), replaces?.signature ?? '')).toBe(true);
  });

  it('I3 show what was there until the first page comes, and begin the pull with nothing', () => {
    const shown = write(bare.desk, 'oma');
    const desk = rekeyed();
    expect(readState(desk.db, 'cursor')).toBeNull();
    expect(openClient(desk, caseId, 'list').ok).toBe(true);
    expect(readState(desk.db, 'lastCompletePull')).not.toBeNull();
    // Of another client, whose page comes first: nothing that the old device got is counted on.
    const next = bare.client();
    expect(openClient(desk, caseId, 'list').ok).toBe(false);
    expect(openClient(desk, next.caseId, 'list').ok).toBe(true);
    expect(waiting().map(({ changeId }) => changeId)).toContain(shown);
    // Only once.
    bare.client();
    expect(openClient(desk, next.caseId, 'list').ok).toBe(true);
    expect(allCases(desk.db).length).toBeGreaterThan(0);
  });

  it('I6 take the looks that the region has not got along, and leave it the others', () => {
    const looks = [anId(), anId(), anId()];
    for (const look of looks) noteUse(bare.desk, [aLook({ caseId: look })]);
    const [first] = unheld();
    if (!first) throw new Error('No look was noted');
    withTransaction(bare.desk.db, (db) => {
      adoptHeld(db, { through: first.no, hash: first.hash }, null, bare.desk.now());
    });
    const desk = rekeyed();
    const moved = unheld();
    expect(moved.map(({ no }) => no)).toEqual([1, 2]);
    expect(moved.map(({ entry }) => entry.caseId)).toEqual(looks.slice(1));
    expect(new Set(moved.map(({ entry }) => entry.deviceId))).toEqual(new Set([desk.deviceId]));
    expect(readChain(desk.db)).toMatchObject({ through: 2, held: { through: 0 } });
    // A desk that somebody still holds notes nothing under the old id.
    noteUse(bare.desk, [aLook({ caseId: anId() })]);
    expect(unheld().map(({ entry }) => entry.deviceId)).toEqual(
      Array.from({ length: 3 }, () => desk.deviceId),
    );
  });

  it('I3 are taken whole or not at all', () => {
    const { db } = bare.desk;
    write(bare.desk, 'odottaa');
    const before = waiting();
    // A row that cannot be moved: the transaction ends in the middle.
    db.run(
      `CREATE TEMP TRIGGER no_more BEFORE INSERT ON outbox
       BEGIN SELECT RAISE(ABORT, 'the disk has gone'); END`,
    );
    expect(() => rekey({ desk: bare.desk, file: bare.file })).toThrow('the disk has gone');
    db.run('DROP TRIGGER no_more');
    expect(waiting()).toEqual(before);
    expect(readDeviceId(db)).toBe(bare.desk.deviceId);
    expect(readState(db, 'deviceKey')).toBe(oldKey.privateKey);
    expect(readState(db, 'replaces')).toBeNull();
    expect(readState(db, 'deviceRekeyed')).toBeNull();
    rekeyed();
    expect(waiting().map(({ changeId }) => changeId)).toEqual(
      before.map(({ changeId }) => changeId),
    );
  });
});
