/** Deepest nesting of a call's input. The deepest value of the domain nests well under ten. */
export const maxFrameDepth = 40;

/**
 * Most a call's input may hold: UTF-16 units of all texts and names, and one for every value. A
 * hundred plans' worth of words fit; what is larger is a mistake or an attack.
 */
export const maxFrameSize = 4_000_000;

/**
 * Bytes of JSON that carry any input within the limits: one unit is at most six characters (`\u0000`),
 * and every value at most some twenty more.
 */
export const maxFrameBytes = 32 * 1024 * 1024;

/**
 * Why an input is not looked at any further, or null. Only what JSON can say passes, so that a frame
 * means the same whatever carries it; a structured clone could also bring maps, buffers and cycles.
 * Walks without recursion and stops at the limit, so that the refusal itself is cheap.
 */
export const whyNotCarried = (input: unknown): 'bad-input' | 'too-large' | null => {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [
    { value: input, depth: 0 },
  ];
  let size = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    size += 1;
    if (typeof value === 'string') size += value.length;
    else if (typeof value === 'object' && value !== null) {
      if (depth >= maxFrameDepth || !isPlain(value)) return 'bad-input';
      // An array's holes count too: `new Array(4e9)` is cheap to send and dear to walk.
      if (Array.isArray(value) && value.length > maxFrameSize) return 'too-large';
      for (const [key, inner] of Object.entries(value)) {
        size += key.length;
        waiting.push({ value: inner, depth: depth + 1 });
        if (waiting.length > maxFrameSize) return 'too-large';
      }
    } else if (!isScalar(value)) return 'bad-input';
    if (size > maxFrameSize) return 'too-large';
  }
  return null;
};

const isScalar = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

const isPlain = (value: object): boolean => {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Clones that come from another realm have that realm's Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};
