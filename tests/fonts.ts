import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inflateSync } from 'node:zlib';

/**
 * A bare machine may have no fonts at all, and two machines seldom have the same. The browser of
 * the tests therefore gets Noto Sans and Noto Serif from packages, through a fontconfig file of
 * its own; the machine's fonts stay behind them for rarer characters.
 */

const families = ['noto-sans', 'noto-serif'];
// One file a face: two files of one family (latin and latin-ext) hide one another.
const wanted = /-latin-(?:400|600|700)-(?:normal|italic)\.woff$/;

/** Writes fonts and `fonts.conf` into `folder`, which will be moved to `home` when it is whole. */
export async function installFonts(folder: string, home: string): Promise<void> {
  const target = path.join(folder, 'noto');
  await mkdir(target, { recursive: true });
  const require = createRequire(import.meta.url);
  for (const family of families) {
    const source = path.join(
      path.dirname(require.resolve(`@fontsource/${family}/package.json`)),
      'files',
    );
    for (const name of (await readdir(source)).filter((file) => wanted.test(file))) {
      const font = unwrapWoff(await readFile(path.join(source, name)));
      await writeFile(path.join(target, name.replace(/woff$/, 'ttf')), font);
    }
  }
  await writeFile(path.join(folder, 'fonts.conf'), fontconfig(home));
}

function fontconfig(home: string): string {
  // Chromium asks for its own defaults where a page says system-ui, sans-serif or serif.
  const replace = (asked: string, family: string): string =>
    `  <alias binding="same"><family>${asked}</family><accept><family>${family}</family></accept></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    `  <dir>${path.join(home, 'noto')}</dir>`,
    `  <dir>${path.join(home, 'fonts')}</dir>`,
    '  <dir>/usr/share/fonts</dir>',
    `  <cachedir>${path.join(home, 'font-cache')}</cachedir>`,
    ...['system-ui', 'sans', 'sans-serif', 'Arial', 'Helvetica'].map((asked) =>
      replace(asked, 'Noto Sans'),
    ),
    ...['serif', 'Times New Roman'].map((asked) => replace(asked, 'Noto Serif')),
    '</fontconfig>',
    '',
  ].join('\n');
}

/**
 * Chromium takes no compressed fonts from the system. WOFF 1.0 is the plain font with each table
 * deflated (W3C, WOFF File Format 1.0, chapters 3–5); this lays the tables out again.
 */
export function unwrapWoff(woff: Buffer): Buffer {
  if (woff.length < 44 || woff.toString('latin1', 0, 4) !== 'wOFF') {
    throw new Error('Not a WOFF 1.0 font.');
  }
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = 44 + index * 20;
    const offset = woff.readUInt32BE(entry + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8));
    const length = woff.readUInt32BE(entry + 12);
    return {
      tag: woff.subarray(entry, entry + 4),
      checksum: woff.readUInt32BE(entry + 16),
      bytes: packed.length < length ? inflateSync(packed) : packed,
    };
  });

  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);

  const parts: Buffer[] = [head];
  let position = head.length;
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const entry = 12 + index * 16;
    tag.copy(head, entry);
    head.writeUInt32BE(checksum, entry + 4);
    head.writeUInt32BE(position, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    parts.push(bytes, padding);
    position += bytes.length + padding.length;
  }
  return Buffer.concat(parts);
}
