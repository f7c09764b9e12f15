import { err, ok, type Result } from '#shared/lib/result.ts';

export { isStorable } from '../region/syncing/storable.ts';

/** Nothing that the program sends is nested deeper; the schemas' own recursion stays shallow. */
export const mostDepth = 64;

export type JsonProblem = 'not-utf8' | 'not-json' | 'too-deep' | 'key-twice' | 'key-not-allowed';

const quote = 0x22;
const backslash = 0x5c;

/**
 * Reads JSON as two readers would understand it alike: RFC 8259 leaves a key that comes twice to
 * each reader, so it is refused, and so is `__proto__`. Depth is measured before anything recursive
 * sees the value.
 */
export const parseStrictJson = (bytes: Uint8Array): Result<unknown, JsonProblem> => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return err('not-utf8');
  }
  const shape = checkShape(text);
  if (shape !== null) return err(shape);
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err('not-json');
  }
};

/** One pass over the text. Text that is no JSON at all is left for the parser to refuse. */
const checkShape = (text: string): JsonProblem | null => {
  // One set of keys per open object; null for an array.
  const open: (Set<string> | null)[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === quote) {
      const end = endOfString(text, index);
      if (end === -1) return 'not-json';
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const key = readString(text.slice(index, end + 1));
        if (key === null) return 'not-json';
        if (key === '__proto__') return 'key-not-allowed';
        if (keys.has(key)) return 'key-twice';
        keys.add(key);
      }
      index = end;
    } else if (unit === 0x7b || unit === 0x5b) {
      if (open.length === mostDepth) return 'too-deep';
      open.push(unit === 0x7b ? new Set() : null);
    } else if (unit === 0x7d || unit === 0x5d) {
      open.pop();
    }
  }
  return null;
};

const endOfString = (text: string, start: number): number => {
  for (let index = start + 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === quote) return index;
    if (unit === backslash) index += 1;
  }
  return -1;
};

const isKey = (text: string, endOfText: number): boolean => {
  let index = endOfText + 1;
  while (' \t\n\r'.includes(text.charAt(index)) && index < text.length) index += 1;
  return text.charAt(index) === ':';
};

const readString = (quoted: string): string | null => {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
};
