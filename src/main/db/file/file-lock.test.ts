import fs from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { acquireFileLock } from './file-lock.ts';
import { valueOf } from '../testing/case-file-fixture.ts';
import { startChild } from '../testing/child-program.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';

const newFolder = temporaryFolders();

test('a lock is held against this program and others, and given back', async () => {
  const file = path.join(newFolder(), 'oma.lock');
  const lock = valueOf(acquireFileLock(file));
  expect(acquireFileLock(file)).toEqual({
    ok: false,
    error: { kind: 'in-use', pid: process.pid },
  });
  const refused = startChild('lock', file);
  await expect(refused.said(1)).rejects.toThrow('ended early');
  lock.release();
  lock.release();
  const child = startChild('lock', file);
  await child.said(1);
  expect(acquireFileLock(file)).toEqual({ ok: false, error: { kind: 'in-use', pid: child.pid } });
  await child.kill();
});

test('a lock is given back although the note of its owner cannot be removed', () => {
  const file = path.join(newFolder(), 'oma.lock');
  const lock = valueOf(acquireFileLock(file));
  fs.rmSync(`${file}-owner`);
  fs.mkdirSync(`${file}-owner`);
  lock.release();
  const again = acquireFileLock(file);
  expect(again.ok).toBe(true);
  valueOf(again).release();
});

test('a living owner is never robbed, a killed one never blocks', async () => {
  const file = path.join(newFolder(), 'oma.lock');
  for (let round = 0; round < 5; round += 1) {
    const child = startChild('lock', file);
    await child.said(1);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(acquireFileLock(file).ok).toBe(false);
    }
    await child.kill();
    valueOf(acquireFileLock(file)).release();
  }
});

test('of programs that start at once exactly one gets it', async () => {
  const file = path.join(newFolder(), 'oma.lock');
  const children = Array.from({ length: 4 }, () => startChild('lock', file));
  const outcomes = await Promise.allSettled(children.map((child) => child.said(1)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await Promise.all(children.map((child) => child.kill()));
});

test('a folder that is not there is a disk error, not somebody else’s lock', () => {
  expect(acquireFileLock(path.join(newFolder(), 'ei', 'ole', 'oma.lock'))).toMatchObject({
    ok: false,
    error: { kind: 'disk-error' },
  });
});
