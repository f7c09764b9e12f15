import type { Id } from '#shared/domain/ids.ts';

/** Where in an id's text each of its bytes is written. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const idLength = 36;

const noDigit = 0x100;
const digits = new Uint16Array(0x80).fill(noDigit);
for (const [value, digit] of Array.from('0123456789abcdef').entries()) {
  digits[digit.charCodeAt(0)] = value;
}

/** By hand, not through a hexadecimal text: a first sync turns a quarter of a million ids. */
const writeId = (bytes: Buffer, offset: number, id: Id): void => {
  let seen = id.length === idLength ? 0 : noDigit;
  let at = offset;
  for (const place of places) {
    const high = digits[id.charCodeAt(place)] ?? noDigit;
    const low = digits[id.charCodeAt(place + 1)] ?? noDigit;
    seen |= high | low;
    bytes[at] = (high << 4) | low;
    at += 1;
  }
  if (seen >= noDigit) throw new Error(`Not an id: ${id}`);
};

/** Ids lie in the case file as 16 bytes: half of what their text would take, in every key and index. */
export const idToBytes = (id: Id): Buffer => {
  const bytes = Buffer.allocUnsafe(places.length);
  writeId(bytes, 0, id);
  return bytes;
};

export const idFromBytes = (bytes: Buffer, offset = 0): Id => {
  const hex = bytes.toString('hex', offset, offset + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Several ids end to end; none is NULL, the usual case of a first version. */
export const idsToBytes = (ids: readonly Id[]): Buffer | null => {
  if (ids.length === 0) return null;
  const bytes = Buffer.allocUnsafe(ids.length * places.length);
  for (const [index, id] of ids.entries()) writeId(bytes, index * places.length, id);
  return bytes;
};

export const idsFromBytes = (bytes: Buffer | null): readonly Id[] => {
  if (bytes === null) return [];
  const ids: Id[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) ids.push(idFromBytes(bytes, offset));
  return ids;
};
