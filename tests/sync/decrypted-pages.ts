import { createDecipheriv } from 'node:crypto';
import fs from 'node:fs';
import { pageBytes } from '#main/db/file/connection.ts';

/**
 * Every page of a case file as plain bytes, free ones too, and every frame that lies in its -wal, also
 * those that SQLite would not read any more: what somebody with the key could find on the disk.
 *
 * Each page ends with 16 bytes of nonce and 16 of authentication tag. The page's own key is the second half
 * of the first key-stream block under the file's key (SQLite3 Multiple Ciphers, scheme `chacha20`).
 */
export const decryptedPages = (file: string, key: Uint8Array): readonly Buffer[] => {
  const database = fs.readFileSync(file);
  const pages: Buffer[] = [];
  for (let at = 0; at < database.length; at += pageBytes) {
    const number = at / pageBytes + 1;
    pages.push(decryptedPage(database.subarray(at, at + pageBytes), number, key));
  }
  return [...pages, ...decryptedFrames(`${file}-wal`, key)];
};

const walHeaderBytes = 32;
const frameHeaderBytes = 24;

const decryptedFrames = (file: string, key: Uint8Array): readonly Buffer[] => {
  const wal = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  const frames: Buffer[] = [];
  const frameBytes = frameHeaderBytes + pageBytes;
  for (let at = walHeaderBytes; at + frameBytes <= wal.length; at += frameBytes) {
    const page = wal.subarray(at + frameHeaderBytes, at + frameBytes);
    frames.push(decryptedPage(page, wal.readUInt32BE(at), key));
  }
  return frames;
};

const nonceBytes = 16;
const reservedBytes = 32;
/** The first page begins with the file's salt and SQLite's page size, both in the clear. */
const clearBytesOfFirst = 24;

const decryptedPage = (page: Buffer, number: number, key: Uint8Array): Buffer => {
  const end = pageBytes - reservedBytes;
  const nonce = page.subarray(end, end + nonceBytes);
  const counter = (nonce.readUInt32LE(12) ^ number) >>> 0;
  const block = keyStream(key, nonce, counter, Buffer.alloc(64));
  const from = number === 1 ? clearBytesOfFirst : 0;
  const plain = keyStream(block.subarray(32), nonce, (counter + 1) >>> 0, page.subarray(from, end));
  return Buffer.concat([page.subarray(0, from), plain]);
};

const keyStream = (key: Uint8Array, nonce: Buffer, counter: number, over: Buffer): Buffer => {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(counter);
  return createDecipheriv('chacha20', key, Buffer.concat([start, nonce.subarray(0, 12)])).update(
    over,
  );
};
