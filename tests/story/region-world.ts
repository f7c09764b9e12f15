import { cp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Id } from '#shared/domain/ids.ts';
import { listenForNews, type News } from '#server/region/syncing/news.ts';
import { addPerson, testApp, type TestApp, type TestPerson } from '../region/test-app.ts';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import { membership, wireDevice, type WireDevice } from '../region/wire-device.ts';
import { newDeskFolder, startTestDesk, type TestDesk } from './desks.ts';
import { startLossyProxy, type LossyProxy } from './lossy-proxy.ts';

/** A desk on a line of its own, that can be closed and opened again. */
export type LinedDesk = {
  readonly person: TestPerson;
  readonly line: LossyProxy;
  /** Where its case file lies. */
  readonly folder: string;
  readonly desk: () => TestDesk;
  /** Closes the program; the case file stays. */
  readonly close: () => Promise<void>;
  readonly reopen: () => Promise<void>;
};

/** A region over a real PostgreSQL, and desks on lines that lose things. Today's date. */
export type RegionWorld = {
  readonly database: TestDatabase;
  readonly region: () => TestApp;
  /** The server ends, with what it was doing, and starts again over the same database. */
  readonly restartRegion: () => Promise<void>;
  readonly stopRegion: () => Promise<void>;
  readonly startRegion: () => Promise<void>;
  /** A person with an account, and a device that speaks the wire by hand in their name. */
  readonly newPerson: (login: string) => Promise<TestPerson>;
  readonly wire: (person: TestPerson) => Promise<WireDevice>;
  /** A desk where the person has signed in; `onLine` may decide of its line before anything goes over it. */
  readonly newDesk: (
    person: TestPerson,
    now?: () => number,
    onLine?: (line: LossyProxy) => void,
    /** In the place of a core in this process. */
    start?: typeof startTestDesk,
  ) => Promise<LinedDesk>;
  /** A second computer with a copy of everything that a closed desk has, closed too: `reopen` opens it. */
  readonly copyDesk: (of: LinedDesk) => Promise<LinedDesk>;
  readonly letIn: (founder: WireDevice, caseId: Id, person: TestPerson) => Promise<Id>;
  readonly end: () => Promise<void>;
};

export const startRegionWorld = async (
  openDatabase: () => Promise<TestDatabase> = testDatabase,
): Promise<RegionWorld> => {
  const database = await openDatabase();
  let region: TestApp;
  let news: News;
  let port = 0;
  const lines: LossyProxy[] = [];
  const desks: LinedDesk[] = [];
  const removals: (() => void)[] = [];

  const startRegion = async (): Promise<void> => {
    news = await listenForNews(database.db, () => {});
    region = await testApp(database.db, { news, now: () => new Date() });
    await region.app.listen({ host: '127.0.0.1', port: 0 });
    ({ port } = region.app.server.address() as AddressInfo);
    for (const line of lines) line.leadTo(port);
  };
  const stopRegion = async (): Promise<void> => {
    region.app.server.closeAllConnections();
    await region.app.close();
    await news.end();
  };
  await startRegion();

  /** A workstation with nothing on it yet. */
  const deskOf = async (
    person: TestPerson,
    now?: () => number,
    start: typeof startTestDesk = startTestDesk,
  ): Promise<LinedDesk> => {
    const { folder, remove } = newDeskFolder();
    removals.push(remove);
    const line = await startLossyProxy(port);
    lines.push(line);
    let desk = start(folder, line.url, now);
    const lined: LinedDesk = {
      person,
      line,
      folder,
      desk: () => desk,
      close: () => desk.close(),
      reopen: async () => {
        desk = start(folder, line.url, now);
        await desk.get('session.unlock', { personId: person.personId, secret: person.secret });
      },
    };
    desks.push(lined);
    return lined;
  };

  return {
    database,
    region: () => region,
    startRegion,
    stopRegion,
    restartRegion: async () => {
      await stopRegion();
      await startRegion();
    },
    newPerson: (login) => addPerson(database.db, login),
    wire: (person) =>
      wireDevice(
        {
          get app() {
            return region.app;
          },
          now: () => new Date(),
        },
        person,
      ),
    newDesk: async (person, now, onLine, start) => {
      const lined = await deskOf(person, now, start);
      onLine?.(lined.line);
      await lined.desk().get('session.signIn', { login: person.login, secret: person.secret });
      return lined;
    },
    copyDesk: async (of) => {
      const lined = await deskOf(of.person);
      await lined.close();
      await cp(of.folder, lined.folder, { recursive: true });
      return lined;
    },
    letIn: async (founder, caseId, person) => {
      const given = membership(founder, caseId, { personId: person.personId });
      const [receipt] = await founder.push(given);
      if (receipt?.verdict !== 'stored') throw new Error(JSON.stringify(receipt));
      return given.recordId;
    },
    end: async () => {
      await Promise.all(desks.map((lined) => lined.desk().close()));
      await stopRegion();
      await Promise.all(lines.map((line) => line.close()));
      await database.close();
      for (const remove of removals) remove();
    },
  };
};
