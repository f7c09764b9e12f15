import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Id } from '#shared/domain/ids.ts';
import { appRole, startEngine, type Engine } from '#server/db/engine.ts';
import { grantToApp, migrate } from '#server/db/migrate.ts';
import { openDatabase, withTransaction, type Database } from '#server/db/pool.ts';
import { ensureRegion } from '#server/region/region-state.ts';
import { addPerson, testApp, type TestApp, type TestPerson } from '../../region/test-app.ts';
import { foundClient, wireDevice, type WireDevice } from '../../region/wire-device.ts';
import { dice } from '../dice.ts';

/** What is done to a region's PostgreSQL while devices push, and what makes it whole again. */
export type Hurt = { readonly hurt: () => void; readonly heal: () => void };

/** What became of a region that was hurt under its pushes. */
export type Hurting = {
  readonly acknowledged: number;
  /** Pushes that were told to come later. */
  readonly unavailable: number;
  /** Acknowledged changes that no device is given any more, and answers that were neither. */
  readonly lost: readonly string[];
};

export type HurtRegion = {
  readonly once: (seed: number) => Promise<Hurting>;
  readonly end: () => Promise<void>;
};

type Region = TestApp & { readonly engine: Engine; readonly db: Database };

const openRegion = async (folder: string): Promise<Region> => {
  const started = await startEngine({ folder });
  if (!started.ok) throw new Error(started.error.message);
  const engine = started.value;
  const owner = openDatabase({ url: engine.ownerUrl, connections: 2 });
  const migrated = await migrate(owner);
  if (!migrated.ok) throw new Error(JSON.stringify(migrated.error));
  await grantToApp(owner, appRole);
  await owner.close();
  const db = openDatabase({ url: engine.appUrl, connections: 8 });
  await withTransaction(db, (tx) =>
    ensureRegion(tx, 'Koeseutu', Date.now(), (length) => randomBytes(length)),
  );
  return { ...(await testApp(db)), engine, db };
};

/** PostgreSQL's processes, the first one before those that it started (Linux). */
const processesIn = (folder: string): readonly number[] => {
  const note = fs.readFileSync(path.join(folder, 'engine', 'pgdata', 'postmaster.pid'), 'utf8');
  const first = Number(note.split('\n')[0]);
  const children = fs.readFileSync(`/proc/${first}/task/${first}/children`, 'utf8');
  return [first, ...children.trim().split(' ').filter(Boolean).map(Number)];
};

/** All processes of the PostgreSQL in `folder` end without a warning. */
export const killing = (folder: string): Hurt => ({
  hurt: () => {
    for (const pid of processesIn(folder)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself, as they do without the first one.
      }
    }
  },
  heal: () => {},
});

/** A disk of its own in `folder`, which is filled to its last byte; null without the right to mount one. */
export const filling = (folder: string): (Hurt & { readonly remove: () => void }) | null => {
  const ballast = path.join(folder, 'ballast');
  try {
    const size = ['-o', 'size=400m,mode=711'];
    execFileSync('mount', ['-t', 'tmpfs', ...size, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return {
    hurt: () => {
      const handle = fs.openSync(ballast, 'w');
      try {
        for (let bytes = 1 << 20; bytes > 0; bytes = fill(handle, bytes) ? bytes : bytes >> 1);
      } finally {
        fs.closeSync(handle);
      }
    },
    heal: () => fs.rmSync(ballast, { force: true }),
    remove: () => void execFileSync('umount', [folder]),
  };
};

const fill = (handle: number, bytes: number): boolean => {
  try {
    return fs.writeSync(handle, Buffer.alloc(bytes, 1)) > 0;
  } catch {
    return false;
  }
};

type Pushed = { readonly acknowledged: readonly Id[]; readonly answers: readonly string[] };

/** Pushes changes one by one until the region no longer takes them. */
const pushUntilGone = async (
  device: WireDevice,
  caseId: Id,
  onStored: () => void,
): Promise<Pushed> => {
  const acknowledged: Id[] = [];
  for (;;) {
    const change = device.change({ caseId });
    const { status, body } = await device.pushRaw([device.signed(change)]);
    if (status !== 200) return { acknowledged, answers: [`${status} ${body.code}`] };
    const verdict = body.receipts[0]?.verdict ?? 'none';
    if (verdict !== 'stored') return { acknowledged, answers: [verdict] };
    acknowledged.push(change.id);
    onStored();
  }
};

/** A region on its own durable PostgreSQL in `folder`, to be hurt again and again while three devices push. */
export const hurtRegion = async (folder: string, { hurt, heal }: Hurt): Promise<HurtRegion> => {
  let region = await openRegion(folder);
  const people: TestPerson[] = [];
  for (const name of ['aino', 'eero', 'iida']) people.push(await addPerson(region.db, name));

  const once: HurtRegion['once'] = async (seed) => {
    const roll = dice(seed);
    const pushers: { readonly device: WireDevice; readonly caseId: Id }[] = [];
    for (const person of people) {
      const device = await wireDevice(region, person);
      pushers.push({ device, caseId: (await foundClient(device)).caseId });
    }
    let left = 10 + roll(60);
    const onStored = (): void => {
      left -= 1;
      if (left === 0) setTimeout(hurt, roll(20));
    };
    const pushed = await Promise.all(
      pushers.map(({ device, caseId }) => pushUntilGone(device, caseId, onStored)),
    );
    await region.app.close();
    await region.db.close();
    heal();
    await region.engine.leave();
    region = await openRegion(folder);
    const lost: string[] = [];
    for (const [index, person] of people.entries()) {
      const { changes } = await (await wireDevice(region, person)).pullAll();
      const missing = (pushed[index]?.acknowledged ?? []).filter((id) => !changes.has(id));
      lost.push(...missing.map((id) => `change ${id} was stored and is not given`));
    }
    const answers = pushed.flatMap((one) => one.answers);
    const other = answers.filter((answer) => answer !== '503 unavailable');
    return {
      acknowledged: pushed.reduce((sum, one) => sum + one.acknowledged.length, 0),
      unavailable: answers.length - other.length,
      lost: [...lost, ...other.map((answer) => `answered ${answer}`)],
    };
  };

  return {
    once,
    end: async () => {
      await region.app.close();
      await region.db.close();
      await region.engine.stop();
    },
  };
};
