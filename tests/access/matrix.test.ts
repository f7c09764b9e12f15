import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Compartment } from '#shared/domain/codes.ts';
import { wireDevice, wordOf, type WireDevice } from '../region/wire-device.ts';
import {
  expectedOf,
  professionals,
  sharings,
  standings,
  type Expected,
  type StandingName,
} from './expected.ts';
import {
  canaryOf,
  parts,
  startMatrixRegion,
  type MatrixClient,
  type MatrixPerson,
  type MatrixRegion,
} from './matrix-region.ts';

/**
 * Every profession in every standing to clients of every sharing, asked through every route for every
 * part. What comes out is held against the table that was written by hand (`expected.ts`).
 */

let world: MatrixRegion;
const devices = new Map<string, WireDevice>();

beforeAll(async () => {
  world = await startMatrixRegion();
  for (const person of world.people)
    devices.set(person.personId, await wireDevice(world.region, person));
});

afterAll(async () => {
  await world.end();
});

const deviceOf = (person: MatrixPerson): WireDevice => {
  const device = devices.get(person.personId);
  if (!device) throw new Error(`No device for ${person.login}`);
  return device;
};

const expectedFor = (person: MatrixPerson, client: MatrixClient, part: Compartment): Expected =>
  expectedOf(person.who, client.standing, client.sharing, part);

const cellName = (person: MatrixPerson, client: MatrixClient, part: Compartment): string =>
  `${person.who.name} as ${standings[client.standing].name}, ${client.sharing.name}: ${part}`;

const ask = (device: WireDevice, name: string, payload: object) =>
  world.region.app.inject({
    method: 'POST',
    url: `/v1/ask/${name}`,
    headers: { authorization: `Bearer ${device.token}` },
    payload,
  });

describe('the access matrix', () => {
  test('A13 a pull brings exactly what the table allows, and no trace of anything else', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const person of world.people) {
      const pulled = await deviceOf(person).pullAll();
      const text = JSON.stringify(pulled.pages.map((page) => ({ ...page, directory: null })));
      const entered = new Set(
        pulled.entered.map(({ caseId, compartment }) => `${caseId} ${compartment}`),
      );
      for (const client of world.clients) {
        const allowed = parts.filter((part) => expectedFor(person, client, part) !== 'nothing');
        if (allowed.length === 0 && text.includes(client.caseId)) {
          wrong.push(`trace of a client: ${cellName(person, client, '')}`);
        }
        for (const part of parts) {
          cells += 1;
          const isAllowed = allowed.includes(part);
          const has = text.includes(canaryOf(client.caseId, part));
          if (has !== isAllowed || entered.has(`${client.caseId} ${part}`) !== isAllowed) {
            wrong.push(`${isAllowed ? 'missing' : 'leak'}: ${cellName(person, client, part)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBe(
      professionals.length * Object.keys(standings).length * sharings.length * parts.length,
    );
    process.stdout.write(`Access matrix: ${cells} cells by pull, ${wrong.length} leaks\n`);
  });

  test('A13 the ground that is told lets write exactly what may be written', async () => {
    const wrong: string[] = [];
    for (const person of world.people) {
      const { pages } = await deviceOf(person).pullAll();
      const grants = new Map(
        pages
          .flatMap((page) => page.grants)
          .map((grant) => [`${grant.caseId} ${grant.compartment}`, grant]),
      );
      for (const client of world.clients) {
        for (const part of parts) {
          const grant = grants.get(`${client.caseId} ${part}`);
          const told = grant === undefined ? 'nothing' : grant.writes ? 'write' : 'read';
          if (told !== expectedFor(person, client, part)) {
            wrong.push(`${told}: ${cellName(person, client, part)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  // Every other sharing: each cell is a request, and a logged one.
  const shared = sharings.filter((_, index) => index % 2 === 1);
  test('A13 the history of a record is told by the same table, and refused in the same words', async () => {
    const wrong: string[] = [];
    const refusals = new Set<string>();
    const look = async (person: MatrixPerson, client: MatrixClient, part: Compartment) => {
      const answer = await ask(deviceOf(person), 'history.group', {
        caseId: client.caseId,
        recordId: client.records.get(part) ?? '',
        group: 'entry',
      });
      const isAllowed = expectedFor(person, client, part) !== 'nothing';
      if ((answer.statusCode === 200) !== isAllowed)
        wrong.push(`${answer.statusCode}: ${cellName(person, client, part)}`);
      if (answer.statusCode !== 200) refusals.add(`${answer.statusCode} ${answer.body}`);
      else if (!answer.body.includes(canaryOf(client.caseId, part)))
        wrong.push(`empty: ${cellName(person, client, part)}`);
    };
    for (const person of world.people) {
      for (const client of world.clients) {
        if (!shared.includes(client.sharing)) continue;
        await Promise.all(parts.map((part) => look(person, client, part)));
      }
    }
    const [person] = world.people;
    const [client] = world.clients;
    if (!person || !client) throw new Error('empty');
    const nowhere = await ask(deviceOf(person), 'history.group', {
      caseId: client.records.get('joint/plan') ?? '',
      recordId: client.records.get('joint/contact') ?? '',
      group: 'entry',
    });
    refusals.add(`${nowhere.statusCode} ${nowhere.body}`);
    expect(wrong).toEqual([]);
    expect([...refusals]).toHaveLength(1);
  }, 240_000);

  test('A13 a push is stored, read-only, for review or refused by the same table', async () => {
    const wrong: string[] = [];
    for (const person of world.people) {
      const device = deviceOf(person);
      for (const client of world.clients) {
        const changes = parts.map((part) =>
          device.change({
            caseId: client.caseId,
            kind: 'note',
            compartment: part,
            group: 'entry',
            value: {
              kind: 'other',
              text: 'Lisäys.',
              happenedAt: '2026-11-01T12:00',
              corrects: null,
            },
          }),
        );
        const receipts = await device.push(...changes);
        for (const [index, part] of parts.entries()) {
          const receipt = receipts[index];
          const word = receipt ? wordOf(receipt) : 'nothing';
          const expected = expectedFor(person, client, part);
          const due =
            expected === 'write'
              ? ['stored']
              : expected === 'read'
                ? ['read-only']
                : refusalOf(client.standing);
          if (!due.includes(word)) wrong.push(`${word}: ${cellName(person, client, part)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  test('A13 looking for a client tells whether it is open, and its own self that it is not for it', async () => {
    const wrong: string[] = [];
    for (const person of world.people) {
      for (const client of world.clients) {
        // One of each standing: more look-ups in a while than that are answered with a pause.
        if (client.sharing !== sharings[0] || client.standing === 'ownRecord') continue;
        const device = deviceOf(person);
        const answer = await ask(device, 'clients.find', { personalIdentityCode: client.code });
        const { found } = answer.json<{ found: { access: string } | null }>();
        const open = parts.some((part) => expectedFor(person, client, part) !== 'nothing');
        const access = found?.access ?? 'not found';
        // Looking up is for those whose work begins relations to clients.
        const due =
          person.who.sector === 'none' || person.who.sector === 'external'
            ? 'not found'
            : open
              ? 'open'
              : 'ground';
        if (access !== due) wrong.push(`${access}: ${cellName(person, client, '')}`);
        if (answer.body.includes('Salakatu') || answer.body.includes('canary'))
          wrong.push(`leak: ${answer.body}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** What may be done with nothing: work of a right that has gone is for review, all other is refused. */
const refusalOf = (standing: StandingName): readonly string[] =>
  standings[standing].onceHad ? ['review', 'no-access'] : ['no-access'];
