import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { addPerson, testApp, testId, type TestApp } from '../../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/region/test-database.ts';
import {
  foundClient,
  grantOf,
  membership,
  wireDevice,
  wordOf,
  type WireDevice,
} from '../../../../tests/region/wire-device.ts';

let database: TestDatabase;
let region: TestApp;
let kaisa: WireDevice;
let ville: WireDevice;
let stranger: WireDevice;

beforeAll(async () => {
  database = await testDatabase();
  region = await testApp(database.db);
  const people = await Promise.all(
    ['kaisa', 'ville', 'stranger'].map((login) => addPerson(database.db, login)),
  );
  [kaisa, ville, stranger] = (await Promise.all(
    people.map((person) => wireDevice(region, person)),
  )) as [WireDevice, WireDevice, WireDevice];
});
afterAll(async () => {
  await region.app.close();
  await database.close();
});

const words = async (device: WireDevice, ...changes: readonly Change[]) =>
  (await device.push(...changes)).map(wordOf);

const logged = async (caseId: Id): Promise<number> => {
  const [row] = await database.db.query<{ count: number }>(
    'SELECT count(*) AS count FROM change_log WHERE case_id = $1',
    [caseId],
  );
  return row?.count ?? 0;
};

const note = (device: WireDevice, caseId: Id, text: string, content: Partial<Change> = {}) =>
  device.change({
    caseId,
    kind: 'note',
    group: 'entry',
    value: { kind: 'phone-call', text, happenedAt: '2026-11-02T09:00', corrects: null },
    ...content,
  });

describe('a batch', () => {
  it('U2 is answered change by change, in its order; a bad one stops no other', async () => {
    const { caseId } = await foundClient(kaisa);
    const good = [kaisa.change({ caseId }), kaisa.change({ caseId })] as const;
    const bad = kaisa.change({ caseId, value: { text: 7 } });
    const { body } = await kaisa.pushRaw([
      kaisa.signed(good[0]),
      { change: { id: testId() }, signature: 'x', counter: 0 },
      kaisa.signed(bad),
      { ...kaisa.signed(good[1]), signature: kaisa.signed(bad).signature },
      kaisa.signed(good[1]),
    ]);
    expect(body.receipts.map(wordOf)).toEqual([
      'stored',
      'bad-change',
      'bad-value',
      'bad-signature',
      'stored',
    ]);
    expect(await logged(caseId)).toBe(4);
  });

  it('U3 sent again gets the same receipts, also when its author has lost the right', async () => {
    const { caseId, own } = await foundClient(kaisa);
    await words(kaisa, membership(kaisa, caseId, { personId: ville.person.personId }));
    const changes = [ville.change({ caseId }), ville.change({ caseId })];
    const first = await ville.push(...changes);
    expect(await ville.push(...changes)).toEqual(first);
    const ended = await ville.push(
      ville.change({
        ...own,
        recordId: own.recordId,
        id: testId(),
        authorId: ville.person.personId,
        parents: [own.id],
        value: grantOf({ personId: kaisa.person.personId, validTo: '2026-10-01' }),
      }),
    );
    expect(ended.map(wordOf)).toEqual(['stored']);
    const late = kaisa.change({ caseId });
    const review = await kaisa.push(late);
    expect(review.map(wordOf)).toEqual(['review']);
    expect(await kaisa.push(late)).toEqual(review);
    expect((await kaisa.push(own)).map(wordOf)).toEqual(['stored']);
  });

  it('U3 a refused change is judged anew', async () => {
    const { caseId } = await foundClient(kaisa);
    const early = ville.change({ caseId });
    expect(await words(ville, early)).toEqual(['no-access']);
    await words(kaisa, membership(kaisa, caseId, { personId: ville.person.personId }));
    expect(await words(ville, early)).toEqual(['stored']);
  });

  it('G4 U2 the same change twice is stored once; the same id with other content is refused', async () => {
    const { caseId } = await foundClient(kaisa);
    const change = kaisa.change({ caseId });
    const other = { ...change, value: { text: 'Aivan muuta.' } };
    expect(await words(kaisa, change, change, other)).toEqual(['stored', 'stored', 'id-taken']);
    expect(await words(kaisa, other)).toEqual(['id-taken']);
    expect(await logged(caseId)).toBe(3);
    const again = (await foundClient(kaisa)).caseId;
    expect(await words(kaisa, { ...change, caseId: again, recordId: testId() })).toEqual([
      'id-taken',
    ]);
  });

  it('Q1 numbers rise in the order of the batch', async () => {
    const { caseId } = await foundClient(kaisa);
    const receipts = await kaisa.push(...[1, 2, 3, 4].map(() => kaisa.change({ caseId })));
    const numbers = receipts.map((receipt) => (receipt.verdict === 'stored' ? receipt.seq : 0));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(4);
  });
});

describe('U4 who may write', () => {
  it('U4 a new client needs its author’s own membership, and nobody else’s will do', async () => {
    const caseId = testId();
    const forOther = membership(kaisa, caseId, { personId: ville.person.personId });
    expect(await words(kaisa, kaisa.change({ caseId }), forOther)).toEqual([
      'no-access',
      'no-access',
    ]);
    expect(await logged(caseId)).toBe(0);
    const own = membership(kaisa, caseId, { personId: kaisa.person.personId });
    expect(await words(kaisa, own, kaisa.change({ caseId }))).toEqual(['stored', 'stored']);
  });

  it('U4 a refused founding founds nothing for what follows it', async () => {
    const caseId = testId();
    const { need } = await foundClient(kaisa);
    const broken = {
      ...membership(kaisa, caseId, { personId: kaisa.person.personId }),
      parents: [need.id],
    };
    expect(await words(kaisa, broken, kaisa.change({ caseId }))).toEqual([
      'no-access',
      'no-access',
    ]);
  });

  it('U4 the batch of a founder whose clock is a day ahead is stored whole', async () => {
    const caseId = testId();
    const own = membership(kaisa, caseId, {
      personId: kaisa.person.personId,
      validFrom: '2026-11-03',
    });
    expect(await words(kaisa, own, kaisa.change({ caseId }))).toEqual(['stored', 'stored']);
  });

  it('U4 a stranger hears the same of a client that exists and one that does not', async () => {
    const { caseId, need } = await foundClient(kaisa);
    for (const content of [
      {},
      { value: { text: 7 } },
      { kind: 'toaster' },
      { recordId: need.recordId, parents: [need.id] },
      { recordId: need.recordId, kind: 'goal', group: 'target', value: { date: null } },
    ]) {
      const answers = await stranger.push(
        stranger.change({ ...content, caseId }),
        stranger.change({ ...content, caseId: testId() }),
      );
      expect(answers.map(wordOf)).toEqual(['no-access', 'no-access']);
    }
  });

  it('G1 U4 nobody takes another client’s records, or its memberships, by naming them in a client of their own', async () => {
    const { caseId, own, need } = await foundClient(kaisa);
    const mine = await foundClient(stranger);
    expect(
      await words(
        stranger,
        stranger.change({ caseId: mine.caseId, recordId: need.recordId }),
        stranger.change({
          caseId: mine.caseId,
          recordId: own.recordId,
          kind: 'membership',
          group: 'grant',
          value: grantOf({ personId: stranger.person.personId }),
        }),
      ),
    ).toEqual(['identity-of-record', 'identity-of-record']);
    expect(await words(kaisa, kaisa.change({ caseId }))).toEqual(['stored']);
  });

  it('G1 two that make the same record for two clients at once do not both succeed', async () => {
    const [mine, theirs] = [await foundClient(kaisa), await foundClient(ville)];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const recordId = testId();
      const answers = await Promise.all([
        words(kaisa, kaisa.change({ caseId: mine.caseId, recordId })),
        words(ville, ville.change({ caseId: theirs.caseId, recordId })),
      ]);
      expect(answers.flat().toSorted()).toEqual(['identity-of-record', 'stored']);
    }
  });
});

describe('the right to write, by membership', () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    (given: Given) => Promise<unknown>,
  ])[] = [
    ['current', ['stored'], ({ grant }) => grant({})],
    ['its last day', ['stored'], ({ grant }) => grant({ validTo: '2026-11-02' })],
    ['ended', ['review'], ({ grant }) => grant({ validTo: '2026-11-01' })],
    ['not begun', ['no-access'], ({ grant }) => grant({ validFrom: '2026-11-03' })],
    ['never a member', ['no-access'], async () => {}],
    [
      'removed',
      ['review'],
      async ({ grant, caseId }) => {
        const given = await grant({});
        const removal = {
          caseId,
          recordId: given.recordId,
          kind: 'membership',
          group: 'existence',
          value: { state: 'removed', reason: 'Virhe.', covers: [given.id] },
        };
        expect(await words(kaisa, kaisa.change(removal))).toEqual(['stored']);
      },
    ],
    [
      'in conflict, where one version has ended',
      ['review'],
      async ({ grant, caseId }) => {
        const given = await grant({ validTo: '2026-12-31' });
        const apart = {
          caseId,
          recordId: given.recordId,
          kind: 'membership',
          group: 'grant',
          value: grantOf({ personId: ville.person.personId, validTo: '2026-10-31' }),
        };
        expect(await words(kaisa, kaisa.change(apart))).toEqual(['stored']);
      },
    ],
  ];
  type Given = {
    readonly caseId: Id;
    readonly grant: (dates: { validFrom?: string; validTo?: string }) => Promise<Change>;
  };

  it.each(cases)('U4 P1 %s: push, and what a pull shows', async (_, due, prepare) => {
    const { caseId } = await foundClient(kaisa);
    await prepare({
      caseId,
      grant: async (dates) => {
        const given = membership(kaisa, caseId, { personId: ville.person.personId, ...dates });
        expect(await words(kaisa, given)).toEqual(['stored']);
        return given;
      },
    });
    expect(await words(ville, ville.change({ caseId }))).toEqual(due);
    const device = await wireDevice(region, ville.person);
    const { changes } = await device.pullAll();
    const shown = [...changes.values()].some((change) => change.caseId === caseId);
    expect(shown).toBe(due[0] === 'stored');
  });
});

describe('what a change may say', () => {
  it('U5 only its author sends it, from the device that signed it', async () => {
    const { caseId } = await foundClient(kaisa);
    const ofVille = kaisa.change({ caseId, authorId: ville.person.personId });
    expect(await words(kaisa, ofVille)).toEqual(['not-the-author']);
    const change = kaisa.change({ caseId });
    const second = await wireDevice(region, kaisa.person);
    const { body } = await second.pushRaw([kaisa.signed(change)]);
    expect(body.receipts.map(wordOf)).toEqual(['bad-signature']);
    const touched = {
      ...kaisa.signed(change),
      change: { ...change, value: { text: 'Muutettu.' } },
    };
    expect((await kaisa.pushRaw([touched])).body.receipts.map(wordOf)).toEqual(['bad-signature']);
  });

  it('G1 a record keeps its kind, client and compartment', async () => {
    const { caseId, need } = await foundClient(kaisa);
    const { recordId } = need;
    expect(
      await words(
        kaisa,
        kaisa.change({ caseId, recordId, kind: 'goal', group: 'target', value: { date: null } }),
        kaisa.change({ caseId, recordId, compartment: 'patient/rehabilitation' }),
        kaisa.change({ caseId, recordId, parents: [need.id] }),
      ),
    ).toEqual(['identity-of-record', 'identity-of-record', 'stored']);
  });

  it('G5 parents are of the same record and group, wherever they lie', async () => {
    const { caseId, need, own } = await foundClient(kaisa);
    const elsewhere = await foundClient(ville);
    const parents = (...ids: Id[]) =>
      kaisa.change({ caseId, recordId: need.recordId, parents: ids });
    const otherGroup = kaisa.change({ caseId, recordId: need.recordId, group: 'client-words' });
    expect(
      await words(
        kaisa,
        otherGroup,
        parents(own.id),
        parents(elsewhere.need.id),
        parents(otherGroup.id),
        parents(need.id, own.id),
        // Unknown to everybody: no hindrance (H5).
        parents(need.id, testId()),
      ),
    ).toEqual([
      'stored',
      'foreign-parent',
      'foreign-parent',
      'foreign-parent',
      'foreign-parent',
      'stored',
    ]);
  });

  it('G6 what is written once is written once, and a refused first writing is none', async () => {
    const { caseId } = await foundClient(kaisa);
    const first = note(kaisa, caseId, 'Soitin.');
    const { recordId } = first;
    const refused = note(kaisa, caseId, 'x'.repeat(100_001));
    expect(
      await words(
        kaisa,
        first,
        note(kaisa, caseId, 'Toisin.', { recordId, parents: [first.id] }),
        refused,
        note(kaisa, caseId, 'Lyhyempi.', { recordId: refused.recordId }),
      ),
    ).toEqual(['stored', 'append-only', 'bad-value', 'stored']);
    expect(await words(kaisa, note(kaisa, caseId, 'Taas.', { recordId }))).toEqual(['append-only']);
    expect(await words(kaisa, first)).toEqual(['stored']);
  });

  it.each([
    ['NUL', { text: 'a\u0000b' }],
    ['a lone surrogate', { text: 'a\ud800b' }],
    ['NUL in a field of a newer program', { text: 'a', later: ['\u0000'] }],
    ['a lone surrogate in a key', { text: 'a', '\udfff': 1 }],
    ['a text of a megabyte', { text: 'å'.repeat(400_000) }],
    ['no text', {}],
    ['a list', { text: ['a'] }],
  ])('U6 %s is refused, and the rest is stored', async (_, value) => {
    const { caseId } = await foundClient(kaisa);
    const bad = kaisa.change({ caseId, value });
    expect(await words(kaisa, bad, kaisa.change({ caseId }))).toEqual(['bad-value', 'stored']);
  });

  it('U6 G7 V7 kinds, groups and numbers unknown here are refused, unknown fields are kept', async () => {
    const { caseId } = await foundClient(kaisa);
    const newer = kaisa.change({ caseId, value: { text: 'Uusi.', later: { deep: [1, null] } } });
    expect(
      await words(
        kaisa,
        kaisa.change({ caseId, kind: 'toaster' }),
        kaisa.change({ caseId, kind: '__proto__' }),
        kaisa.change({ caseId, group: 'constructor' }),
        kaisa.change({ caseId, schema: 9_999 }),
        kaisa.change({ caseId, group: 'existence', value: { state: 'removed', covers: [] } }),
        newer,
      ),
    ).toEqual([
      'unknown-kind',
      'unknown-kind',
      'unknown-kind',
      'unknown-kind',
      'bad-value',
      'stored',
    ]);
    const { changes } = await kaisa.pullAll();
    expect(changes.get(newer.id)).toEqual(newer);
  });

  it('U2 NUL outside the value is a bad change, not a failed batch', async () => {
    const { caseId } = await foundClient(kaisa);
    const changes = [
      kaisa.change({ caseId, profession: 'a\u0000' }),
      kaisa.change({ caseId, taskClass: '\ud800' }),
      kaisa.change({ caseId, kind: 'need\u0000' }),
      kaisa.change({ caseId, compartment: 'joint/plan\u0000' }),
      kaisa.change({ caseId }),
    ];
    expect(await words(kaisa, ...changes)).toEqual([
      'bad-change',
      'bad-change',
      'bad-change',
      'bad-change',
      'stored',
    ]);
  });

  it('a message that two readers would read differently is refused whole', async () => {
    const { caseId } = await foundClient(kaisa);
    const protocol = protocolVersion;
    const sent = JSON.stringify({ protocol, changes: [kaisa.signed(kaisa.change({ caseId }))] });
    for (const payload of [
      sent.replace('"text"', '"__proto__"'),
      sent.replace('"text":', '"text":"a","text":'),
      sent.slice(0, -2),
      sent.replace(`"protocol":${protocol}`, `"protocol":${protocol + 1}`),
    ]) {
      const response = await region.app.inject({
        method: 'POST',
        url: '/v1/push',
        headers: { authorization: `Bearer ${kaisa.token}`, 'content-type': 'application/json' },
        payload,
      });
      expect([400, 426]).toContain(response.statusCode);
    }
    expect(await logged(caseId)).toBe(2);
  });
});
