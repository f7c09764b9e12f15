import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  newDevice,
  signInAs,
  testApp,
  type TestApp,
  type TestPerson,
} from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { endSessionsOf } from '../region/identity/sessions.ts';

const minute = 60_000;
const hour = 60 * minute;

let test: TestDatabase;
let region: TestApp;
let aino: TestPerson;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db);
  aino = await addPerson(test.db, 'aino.virtanen');
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const me = (token: string) =>
  region.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } });
const tokenOf = (answer: Awaited<ReturnType<typeof signInAs>>) =>
  answer.json<{ token: string }>().token;

describe('signing in', () => {
  it('opens a session that knows the person, and the login may be written freely', async () => {
    const answer = await signInAs(region, { login: '  Aino.VIRTANEN ', secret: aino.secret });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      person: { id: aino.personId, profession: 'physiotherapist' },
      region: { name: 'Koeseutu' },
    });
    const answered = await me(tokenOf(answer));
    expect(answered.json()).toMatchObject({ person: { familyName: 'aino.virtanen' } });
    const [stored] = await test.db.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM session WHERE session::text LIKE '%' || $1 || '%') AS found`,
      [tokenOf(answer)],
    );
    expect(stored?.found).toBe(false);
  });

  it('answers an unknown login, a wrong secret and a former employee alike', async () => {
    const former = await addPerson(test.db, 'entinen');
    await test.db.query('UPDATE person SET active = false WHERE id = $1', [former.personId]);
    const answers = [
      await signInAs(region, { login: 'nobody', secret: 'salasana-nobody' }),
      await signInAs(region, { login: aino.login, secret: 'wrong' }),
      await signInAs(region, former),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toBe('{"code":"wrong-credentials"}');
    }
  });

  it('takes as long for an unknown login as for a wrong secret', async () => {
    const time = async (login: string, address: string) => {
      const began = performance.now();
      await signInAs(region, { login, secret: 'wrong' }, newDevice(), address);
      return performance.now() - began;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const person = await addPerson(test.db, `known${round}`);
      known.push(await time(person.login, '10.0.1.1'));
      unknown.push(await time(`unknown${round}`, '10.0.1.2'));
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
    // Without the work against a hash that nothing fits it would be a tenth.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
    expect(median(unknown) / median(known)).toBeLessThan(2);
  });

  it('keeps a device id to one person and one key, and refuses a revoked one', async () => {
    const device = newDevice();
    const other = await addPerson(test.db, 'toinen');
    expect((await signInAs(region, aino, device)).statusCode).toBe(200);
    for (const [person, introduced] of [
      [other, device],
      [aino, { ...device, publicKey: newDevice().publicKey }],
    ] as const) {
      const answer = await signInAs(region, person, introduced);
      expect([answer.statusCode, answer.body]).toEqual([403, '{"code":"device-revoked"}']);
    }
    const again = await signInAs(region, aino, device);
    await test.db.query('UPDATE device SET revoked_at = now() WHERE id = $1', [device.id]);
    expect((await me(tokenOf(again))).statusCode).toBe(401);
    expect((await signInAs(region, aino, device)).statusCode).toBe(403);
  });
});

describe('sessions end', () => {
  it('at once when the person signs out, and only that one', async () => {
    const [one, two] = [await signInAs(region, aino), await signInAs(region, aino)];
    const out = await region.app.inject({
      method: 'DELETE',
      url: '/v1/session',
      headers: { authorization: `Bearer ${tokenOf(one)}` },
    });
    expect(out.statusCode).toBe(204);
    expect((await me(tokenOf(one))).body).toBe('{"code":"signed-out"}');
    expect((await me(tokenOf(two))).statusCode).toBe(200);
  });

  it('all of a person together', async () => {
    const tokens = [tokenOf(await signInAs(region, aino)), tokenOf(await signInAs(region, aino))];
    expect(await endSessionsOf(test.db, aino.personId, region.now())).toBeGreaterThanOrEqual(2);
    for (const token of tokens) expect((await me(token)).statusCode).toBe(401);
  });

  it('when the person leaves', async () => {
    const leaver = await addPerson(test.db, 'lahtija');
    const token = tokenOf(await signInAs(region, leaver));
    await test.db.query('UPDATE person SET active = false WHERE id = $1', [leaver.personId]);
    expect((await me(token)).statusCode).toBe(401);
  });

  it('when a device signs in again, as after a lost reply', async () => {
    const device = newDevice();
    const first = tokenOf(await signInAs(region, aino, device));
    const second = tokenOf(await signInAs(region, aino, device));
    expect((await me(first)).statusCode).toBe(401);
    expect((await me(second)).statusCode).toBe(200);
  });

  it('after 72 hours without use, and after 14 days however much used', async () => {
    const idle = tokenOf(await signInAs(region, aino));
    const used = tokenOf(await signInAs(region, aino));
    for (let passed = 0; passed < 80; passed += 40) {
      region.pass(40 * hour);
      expect((await me(used)).statusCode).toBe(200);
    }
    expect((await me(idle)).statusCode).toBe(401);
    for (let passed = 80; passed < 14 * 24; passed += 60) {
      region.pass(60 * hour);
      await me(used);
    }
    expect((await me(used)).statusCode).toBe(401);
  });
});

describe('guessing', () => {
  const guess = (login: string, address: string) =>
    signInAs(region, { login, secret: 'wrong' }, newDevice(), address);

  it('is slowed down alike for a known and an unknown login, and never for good', async () => {
    const victim = await addPerson(test.db, 'arvattava');
    for (const login of [victim.login, 'keksitty']) {
      const pauses: number[] = [];
      for (let round = 0; round < 14; round += 1) {
        let answer = await guess(login, `10.2.${round}.1`);
        if (answer.statusCode === 429) {
          const { retryAfterSeconds } = answer.json<{ retryAfterSeconds: number }>();
          expect(answer.headers['retry-after']).toBe(String(retryAfterSeconds));
          pauses.push(retryAfterSeconds);
          region.pass(retryAfterSeconds * 1_000);
          answer = await guess(login, `10.2.${round}.1`);
        }
        expect(answer.statusCode).toBe(401);
      }
      expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    }
    region.pass(5 * minute);
    expect((await signInAs(region, victim, newDevice(), '10.9.9.9')).statusCode).toBe(200);
    expect((await guess(victim.login, '10.9.9.9')).statusCode).toBe(401);
  });

  it('leaves nobody locked out when the clock is set back', async () => {
    const victim = await addPerson(test.db, 'kelloissa');
    for (let round = 0; round < 6; round += 1) await guess(victim.login, '10.4.0.1');
    expect((await signInAs(region, victim)).statusCode).toBe(429);
    region.pass(-24 * hour);
    expect((await signInAs(region, victim)).statusCode).toBe(200);
    region.pass(24 * hour);
  });

  it('gains nothing from many guesses at once', async () => {
    const victim = await addPerson(test.db, 'rinnakkain');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => guess(victim.login, `10.3.${index}.1`)),
    );
    expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(5);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(35);
  });

  it('is slowed down by address too, whatever logins are tried', async () => {
    const statuses = new Map<number, number>();
    for (let round = 0; round < 70; round += 1) {
      const { statusCode } = await guess(`joku${round}`, '2001:db8:1:2::7');
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
    expect(statuses).toEqual(
      new Map([
        [401, 60],
        [429, 10],
      ]),
    );
    const sameNetwork = await guess('joku', '2001:db8:1:2:ffff::1');
    const otherNetwork = await guess('joku', '2001:db8:1:3::7');
    expect([sameNetwork.statusCode, otherNetwork.statusCode]).toEqual([429, 401]);
  });
});

describe('many who sign in at once', () => {
  it('are not slowed down by each other, whoever looked at the clock first', async () => {
    let ms = Date.parse('2026-11-02T08:00:00Z') + 1_000;
    // Each later request believes that it came earlier.
    const rush = await testApp(test.db, { now: () => new Date((ms -= 1)) });
    const people = await Promise.all(
      Array.from({ length: 6 }, (_, index) => addPerson(test.db, `aamulla${index}`)),
    );
    const address = '10.9.9.9';
    const answers = await Promise.all(
      people.map((person) => signInAs(rush, person, newDevice(), address)),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(people.map(() => 200));
    await rush.app.close();
  });
});
