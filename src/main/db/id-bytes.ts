import type { Id } from '#shared/domain/ids.ts';

/** Ids lie in the case file as 16 bytes: half of what their text would take, in every key and index. */
export const idToBytes = (id: Id): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

export const idFromBytes = (bytes: Buffer, offset = 0): Id => {
  const hex = bytes.toString('hex', offset, offset + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Several ids end to end; none is NULL, the usual case of a first version. */
export const idsToBytes = (ids: readonly Id[]): Buffer | null =>
  ids.length === 0 ? null : Buffer.from(ids.join('').replaceAll('-', ''), 'hex');

export const idsFromBytes = (bytes: Buffer | null): readonly Id[] => {
  if (bytes === null) return [];
  const ids: Id[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) ids.push(idFromBytes(bytes, offset));
  return ids;
};
