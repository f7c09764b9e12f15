import { gzipSync, zstdCompressSync } from 'node:zlib';

/** What bodies weigh on the wire, in bytes. */
export type WireBytes = { readonly json: number; readonly gzip: number; readonly zstd: number };

export const noBytes: WireBytes = { json: 0, gzip: 0, zstd: 0 };

/** Each body is compressed by itself, as it would travel. */
export const wireBytes = (bodies: Iterable<string | Buffer>): WireBytes => {
  let bytes = noBytes;
  for (const body of bodies) {
    bytes = {
      json: bytes.json + Buffer.byteLength(body),
      gzip: bytes.gzip + gzipSync(body).length,
      zstd: bytes.zstd + zstdCompressSync(body).length,
    };
  }
  return bytes;
};

/** A line for a report: so many bytes for each of `count`. */
export const perOne = (bytes: WireBytes, count: number): string =>
  `${(bytes.json / count).toFixed(0)} B as JSON, ${(bytes.gzip / count).toFixed(0)} B by gzip, ` +
  `${(bytes.zstd / count).toFixed(0)} B by zstd`;
