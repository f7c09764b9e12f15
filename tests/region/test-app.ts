import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Writable } from 'node:stream';
import pino from 'pino';
import type { Person } from '#shared/domain/directory.ts';
import { newId } from '#shared/domain/ids.ts';
import { createRegionApp, type RegionAppOptions } from '#server/http/app.ts';
import type { RegionApp } from '#server/http/region-app.ts';
import { withTransaction, type Database } from '#server/db/pool.ts';
import { saveAccount } from '#server/region/identity/accounts.ts';
import { sessionLimits } from '#server/region/identity/sessions.ts';
import { savePeople, saveUnits } from '#server/region/directory.ts';

export type TestApp = {
  readonly app: RegionApp;
  /** Everything the server logged, as lines of JSON. */
  readonly logged: () => string;
  /** Moves the server's clock. */
  readonly pass: (ms: number) => void;
  readonly now: () => Date;
};

const start = Date.parse('2026-11-02T08:00:00Z');

/** The region's HTTP face over the database, with a clock that only the test moves. */
export const testApp = async (
  db: Database,
  options: Partial<RegionAppOptions> = {},
): Promise<TestApp> => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  let time = start;
  const now = () => new Date(time);
  const app = await createRegionApp({
    db,
    now,
    random: (length) => randomBytes(length),
    log: pino({ level: 'debug' }, sink),
    // A device that speaks the wire by hand renews nothing while a test moves the clock by days.
    sessionLimits: { ...sessionLimits, accessMs: sessionLimits.absoluteMs },
    ...options,
  });
  return {
    app,
    now,
    logged: () => lines.join(''),
    pass: (ms) => {
      time += ms;
    },
  };
};

export const testId = () => newId(start, (length) => randomBytes(length));

export type TestPerson = {
  readonly personId: string;
  readonly login: string;
  readonly secret: string;
};

/** A person with an account, in a unit of their own: a physiotherapist unless told otherwise. */
export const addPerson = async (
  db: Database,
  login: string,
  otherwise: Partial<Person> = {},
): Promise<TestPerson> => {
  const unit = {
    id: testId(),
    name: 'Kotihoito',
    municipality: 'Koeseutu',
    sector: 'joint',
  } as const;
  const personId = testId();
  const secret = `salasana-${login}`;
  await withTransaction(db, async (tx) => {
    await saveUnits(tx, [unit]);
    await savePeople(tx, [
      {
        id: personId,
        givenName: 'Aino',
        familyName: login,
        profession: 'physiotherapist',
        taskClass: 'limited-health',
        unitId: unit.id,
        registerNumber: null,
        tasks: [],
        duties: [],
        partnerSector: null,
        active: true,
        ...otherwise,
      },
    ]);
    await saveAccount(tx, { login, secret, personId }, new Date(start));
  });
  return { personId, login, secret };
};

export type TestDevice = { readonly id: string; readonly publicKey: string; readonly name: string };

export const newDevice = (): TestDevice => ({
  id: testId(),
  publicKey: randomBytes(32).toString('base64url'),
  name: 'Työasema',
});

/** A device that can sign, as one must to renew its session. */
export const newSigningDevice = (): {
  readonly device: TestDevice;
  readonly sign: (text: string) => string;
} => {
  const keys = generateKeyPairSync('ed25519');
  const spki = keys.publicKey.export({ format: 'der', type: 'spki' });
  return {
    device: { ...newDevice(), publicKey: spki.subarray(-32).toString('base64url') },
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), keys.privateKey).toString('base64url'),
  };
};

export const signInAs = (
  { app }: Pick<TestApp, 'app'>,
  person: Pick<TestPerson, 'login' | 'secret'>,
  device: TestDevice = newDevice(),
  remoteAddress = '10.0.0.1',
) =>
  app.inject({
    method: 'POST',
    url: '/v1/session',
    remoteAddress,
    payload: { login: person.login, secret: person.secret, device },
  });
