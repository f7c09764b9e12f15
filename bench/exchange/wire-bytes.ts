import { brotliCompressSync, constants } from 'node:zlib';

/** What bodies weigh on the wire, in bytes: as JSON, and compressed as the program does it. */
export type WireBytes = { readonly json: number; readonly compressed: number };

export const compressedBytes = (body: string): number =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;

/** Each body is compressed by itself, as it travels. */
export const wireBytes = (bodies: readonly string[]): WireBytes => ({
  json: bodies.reduce((bytes, body) => bytes + Buffer.byteLength(body), 0),
  compressed: bodies.reduce((bytes, body) => bytes + compressedBytes(body), 0),
});

/** A line for a report: so many bytes for each of `count`. */
export const perOne = (bytes: WireBytes, count: number): string =>
  `${(bytes.json / count).toFixed(0)} B as JSON, ${(bytes.compressed / count).toFixed(0)} B compressed`;
