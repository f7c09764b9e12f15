import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { protocolVersion } from '#shared/protocol/version.ts';
import { onlineCallNames, onlineCalls } from '#shared/protocol/online/online-calls.ts';
import { exampleFor } from '../contract/examples.ts';
import { askingRegion, type AskingRegion } from '../region/asking-region.ts';
import { testId } from '../region/test-app.ts';
import type { WireDevice } from '../region/wire-device.ts';

/**
 * Every route, asked by somebody who was let in once: whose session has ended, whose token has run out,
 * whose device was barred, who has left the region; and about a client of another region. None tells
 * more than that it is closed, and no two tell it differently.
 */

let region: AskingRegion;
let caseId: string;
let logins = 0;

beforeAll(async () => {
  region = await askingRegion();
});

afterAll(async () => {
  await region.close();
});

const member = async (): Promise<WireDevice> => {
  const desk = await region.person(`ovi${(logins += 1)}`, {
    profession: 'doctor',
    duties: ['administrator', 'privacy-officer', 'unit-lead'],
  });
  caseId = await region.client({ team: [{ desk }], parts: ['patient/outpatient'] });
  return desk;
};

type Route = readonly [name: string, payload: object];

const routes = (desk: WireDevice): readonly Route[] => [
  ['/v1/push', { protocol: protocolVersion, changes: [desk.signed(desk.change({ caseId }))] }],
  [
    '/v1/pull',
    {
      protocol: protocolVersion,
      begun: testId(),
      cursor: null,
      awaiting: [],
      erased: [],
      directoryRevision: 0,
    },
  ],
  ['/v1/use-log', { protocol: protocolVersion, entries: [], signature: '', openings: [] }],
  ...onlineCallNames.map((name): Route => [
    `/v1/ask/${name}`,
    exampleFor(onlineCalls[name].input, 'input'),
  ]),
];

const answersTo = async (desk: WireDevice): Promise<readonly string[]> => {
  const answers = [];
  for (const [url, payload] of routes(desk)) {
    const { statusCode, body } = await region.region.app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${desk.token}` },
      payload,
    });
    answers.push(`${statusCode} ${body}`);
  }
  return [...new Set(answers)];
};

describe('closed doors', () => {
  test('A13 a session that has ended', async () => {
    const desk = await member();
    await region.region.app.inject({
      method: 'DELETE',
      url: '/v1/session',
      headers: { authorization: `Bearer ${desk.token}` },
    });
    expect(await answersTo(desk)).toEqual(['401 {"code":"signed-out"}']);
  });

  test('A13 a barred device', async () => {
    const desk = await member();
    await region.database.owner.query('UPDATE device SET revoked_at = now() WHERE id = $1', [
      desk.id,
    ]);
    expect(await answersTo(desk)).toEqual(['401 {"code":"signed-out"}']);
  });

  test('A13 a person who has left the region', async () => {
    const desk = await member();
    await region.database.owner.query('UPDATE person SET active = false WHERE id = $1', [
      desk.person.personId,
    ]);
    expect(await answersTo(desk)).toEqual(['401 {"code":"signed-out"}']);
  });

  test('A13 a token that has run out', async () => {
    const desk = await member();
    await region.database.owner.query('UPDATE access_token SET expires_at = $1', [
      region.region.now(),
    ]);
    expect(await answersTo(desk)).toEqual(['401 {"code":"token-expired"}']);
  });

  test('A13 no token, and one that nobody gave', async () => {
    const desk = await member();
    for (const token of ['', 'x'.repeat(43)]) {
      expect(await answersTo({ ...desk, token })).toEqual(['401 {"code":"signed-out"}']);
    }
  });

  test('A13 a client of another region is refused like one that is hidden', async () => {
    const desk = await region.person('naapuri', { profession: 'doctor' });
    const hidden = await region.client({ parts: ['patient/outpatient'] });
    const elsewhere = testId();
    const ask = async (of: string) => {
      const [receipt] = await desk.push(desk.change({ caseId: of }));
      const group = { caseId: of, recordId: of, group: 'identity' };
      const protectedParts = await region.ask(desk, 'clients.protectedParts', { caseId: of });
      return [
        receipt && { ...receipt, changeId: '' },
        await region.ask(desk, 'history.group', group),
        protectedParts,
      ];
    };
    expect(await ask(elsewhere)).toEqual(await ask(hidden));
  });
});
