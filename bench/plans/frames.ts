/** A body as the plain hub gives it back, with its place in the hub's order. */
export type Frame = { readonly seq: number; readonly body: Buffer };

export const sendFrame = async (
  hubUrl: string,
  device: number,
  body: Uint8Array | string,
): Promise<void> => {
  const response = await fetch(`${hubUrl}/?device=${device}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  await response.arrayBuffer();
};

/** What other devices sent after the number. */
export const fetchFrames = async (
  hubUrl: string,
  device: number,
  after: number,
): Promise<readonly Frame[]> => {
  const response = await fetch(`${hubUrl}/?device=${device}&after=${after}`);
  const all = Buffer.from(await response.arrayBuffer());
  const frames: Frame[] = [];
  for (let at = 0; at < all.length;) {
    const length = all.readUInt32LE(at + 4);
    frames.push({ seq: all.readUInt32LE(at), body: all.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
  }
  return frames;
};

/** Several updates in one body, each with its length before it. */
export const packed = (parts: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(part.length);
      return [length, part];
    }),
  );

export const unpacked = (body: Buffer): readonly Buffer[] => {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const length = body.readUInt32LE(at);
    parts.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
};

/** Most edits that one body carries: as many as a push of the program's. */
export const framedEdits = 500;

export function* inBatches<T>(
  all: readonly T[],
  size: number = framedEdits,
): Generator<readonly T[], void> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
