import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { safeStorage } from '../../../../tests/electron/electron.ts';
import { keyChainSecret } from './key-chain.ts';

let folder: string;
const file = (): string => path.join(folder, 'key-chain.bin');

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'punos-key-chain-'));
});
afterEach(async () => {
  Object.assign(safeStorage, { available: true, backend: 'gnome_libsecret', account: 'aino' });
  await rm(folder, { recursive: true, force: true });
});

describe('the key chain’s secret', () => {
  it('is made once, kept wrapped for this account alone, and given again', async () => {
    const first = await keyChainSecret(folder);
    if (!first.ok || first.value === null) throw new Error('No secret was made.');
    expect(first.value).toHaveLength(32);
    expect(await keyChainSecret(folder)).toEqual(first);
    const kept = await readFile(file(), 'utf8');
    expect(kept).not.toContain(Buffer.from(first.value).toString('base64'));
    expect(await readdir(folder)).toEqual(['key-chain.bin']);
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform !== 'linux')(
    'is not made where Linux would keep it in the clear',
    async () => {
      for (const backend of ['basic_text', 'unknown']) {
        safeStorage.backend = backend;
        expect(await keyChainSecret(folder)).toEqual({ ok: true, value: null });
      }
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('is never replaced: case files that it closed would never open', async () => {
    await keyChainSecret(folder);
    const kept = await readFile(file());
    const unreadable = { ok: false, error: { code: 'key-chain-unreadable' } };

    safeStorage.account = 'mikko';
    expect(await keyChainSecret(folder)).toEqual(unreadable);
    safeStorage.available = false;
    expect(await keyChainSecret(folder)).toEqual(unreadable);
    expect(await readFile(file())).toEqual(kept);

    Object.assign(safeStorage, { available: true, account: 'aino' });
    for (const damaged of ['', 'aino:', 'aino:AAAA', 'xx']) {
      await writeFile(file(), damaged);
      expect(await keyChainSecret(folder)).toEqual(unreadable);
      expect(await readFile(file(), 'utf8')).toBe(damaged);
    }
  });
});
