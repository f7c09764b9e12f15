import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTransaction } from '#server/db/pool.ts';
import { openAnchors } from './anchors.ts';
import { createSealer } from './seal-use.ts';
import { writeUse } from './write-use.ts';
import { anEntry, useLogWorld, type UseLogWorld } from '../../../../tests/region/use-log-world.ts';

let world: UseLogWorld;
beforeAll(async () => {
  world = await useLogWorld();
});
afterAll(() => world.close());

describe('sealing', () => {
  it('by several processes at once seals everything once and leaves a sound log', async () => {
    const sealers = [1, 2, 3].map(() =>
      createSealer(world.test.db, openAnchors(world.folder), world.region.now),
    );
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        ...sealers.map((sealer) => sealer.seal()),
        ...Array.from({ length: 6 }, () =>
          world.write(
            anEntry(),
            anEntry({ register: 'patient' }),
            anEntry({ register: 'none', caseId: null }),
          ),
        ),
      ]);
    }
    await world.seal();
    expect(await world.test.owner.query('SELECT id FROM use_unsealed')).toEqual([]);
    const [counts] = await world.test.owner.query<{
      listed: number;
      kept: number;
      distinct: number;
    }>(
      `SELECT (SELECT count(*) FROM use_entry) AS kept, count(*) AS listed,
         count(DISTINCT id) AS distinct FROM (SELECT unnest(entry_ids) AS id FROM use_block) AS one`,
    );
    expect(counts).toMatchObject({ listed: counts?.kept, distinct: counts?.kept });
    expect(await world.soundness()).toEqual({ checkedEntries: 90, problems: [] });
  });

  it('does not wait for a push, nor a push for it', async () => {
    const sealer = createSealer(world.test.db, world.anchors, world.region.now);
    await withTransaction(world.test.db, async (tx) => {
      await tx.query('SELECT take_sequence(1)');
      await writeUse(tx, [anEntry()]);
      expect(await sealer.seal()).toBe('done');
    });
    await withTransaction(world.test.db, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(7021030)');
      expect(await sealer.seal()).toBe('busy');
      await world.write(anEntry());
    });
    expect(await sealer.seal()).toBe('done');
  });

  it('anchors what a killed process had sealed and not anchored', async () => {
    await world.write(anEntry());
    await createSealer(
      world.test.db,
      { ...world.anchors, add: () => Promise.resolve() },
      world.region.now,
    ).seal();
    const [file = ''] = await readdir(world.folder);
    await appendFile(path.join(world.folder, file), '{"half": ');
    await world.seal();
    expect(await world.faults()).toEqual(['anchor-unreadable']);
    const text = await readFile(path.join(world.folder, file), 'utf8');
    await writeFile(path.join(world.folder, file), text.replace('{"half": ', ''));
  });
});

describe('checking', () => {
  it('is not misled by sealing that goes on meanwhile', async () => {
    let writing = true;
    const busy = (async () => {
      const sealer = createSealer(world.test.db, openAnchors(world.folder), world.region.now);
      while (writing) {
        await world.write(anEntry(), anEntry({ register: 'social' }));
        await sealer.seal();
      }
    })();
    const codes = new Set<string>();
    for (let check = 0; check < 8; check += 1) {
      for (const code of await world.faults()) codes.add(code);
    }
    writing = false;
    await busy;
    expect([...codes]).toEqual([]);
  });
});
