import type { RandomBytes } from '#shared/domain/ids.ts';

/** A repeatable stream of numbers: not for secrets, only for the invented population. */
export type Random = {
  /** 32 random bits. */
  readonly bits: () => number;
  /** A whole number from 0 up to, not including, `below`. */
  readonly below: (below: number) => number;
  /** A whole number, both ends included. */
  readonly between: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** One of the entries, as often as its weight says. */
  readonly weighted: <T>(list: readonly (readonly [T, number])[]) => T;
  readonly sample: <T>(list: readonly T[], count: number) => readonly T[];
  readonly bytes: RandomBytes;
};

/** Spreads a seed and a stream number over 32 bits, so that neighbouring streams have nothing in common. */
const scatter = (seed: number, stream: number, salt: number): number => {
  let hash = Math.imul(seed ^ Math.imul(salt, 0x9e37_79b1), 0x85eb_ca6b) ^ stream;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0_aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a_2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** The generator `sfc32`, one stream per client: a client does not change when others are added. */
export const createRandom = (seed: number, stream: number): Random => {
  let a = scatter(seed, stream, 1);
  let b = scatter(seed, stream, 2);
  let c = scatter(seed, stream, 3);
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first numbers of near seeds are still alike.
  for (let round = 0; round < 12; round += 1) bits();

  const below = (limit: number): number => Math.floor((bits() / 0x1_0000_0000) * limit);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('Nothing to pick from.');
    return list[below(list.length)] as T;
  };
  return {
    bits,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => bits() < probability * 0x1_0000_0000,
    pick,
    weighted: (list) => {
      const total = list.reduce((sum, [, weight]) => sum + weight, 0);
      let left = (bits() / 0x1_0000_0000) * total;
      for (const [entry, weight] of list) {
        left -= weight;
        if (left < 0) return entry;
      }
      return pick(list)[0];
    },
    sample: (list, count) => {
      const rest = [...list];
      const taken = [];
      while (taken.length < count && rest.length > 0) {
        taken.push(...rest.splice(below(rest.length), 1));
      }
      return taken;
    },
    bytes: (length) => {
      const bytes = new Uint8Array(length);
      let word = 0;
      for (let index = 0; index < length; index += 1) {
        if (index % 4 === 0) word = bits();
        bytes[index] = word & 0xff;
        word >>>= 8;
      }
      return bytes;
    },
  };
};
