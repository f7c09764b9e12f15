import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Anchor, Month } from '#shared/domain/use-log/blocks.ts';
import { useRegisters } from '#shared/domain/use-log/entry.ts';
import { addLines, fileNames } from '../outside-lines.ts';

/**
 * Anchors: lines in append-only files outside the database, `use-log-YYYY.jsonl` by the year of sealing.
 * Several processes may add to one file; each line is one write at its end. Where processes run on
 * several machines the folder must be one that all of them share.
 */
export type Anchors = {
  readonly folder: string;
  /** On the disk when this resolves. */
  readonly add: (anchors: readonly Anchor[], now: Date) => Promise<void>;
  /**
   * Every line, the oldest first. Lines that cannot be read are told and passed by.
   * @param read how far each file has been read before, in bytes; moved on
   */
  readonly each: (
    take: (anchor: Anchor) => void,
    onUnreadable: (place: string) => void,
    read?: Map<string, number>,
  ) => Promise<void>;
};

const anchorSchema = z.strictObject({
  register: z.enum(useRegisters),
  month: z.string().regex(/^\d{4}-\d{2}$/u),
  no: z.int().min(1),
  hash: z.string(),
  entries: z.int().min(0),
});

const filesName = 'use-log';

export const openAnchors = (folder: string): Anchors => ({
  folder,
  add: (anchors, now) =>
    addLines(
      folder,
      filesName,
      anchors.map(({ register, month, no, hash, entries }) =>
        JSON.stringify({ register, month, no, hash, entries }),
      ),
      now,
    ),
  each: async (take, onUnreadable, read = new Map()) => {
    for (const name of await fileNames(folder, filesName)) {
      let place = read.get(name) ?? 0;
      const input = createReadStream(path.join(folder, name), { start: place });
      for await (const line of createInterface({ input, crlfDelay: Infinity })) {
        const anchor = anchorOf(line);
        if (anchor) take(anchor);
        else if (line !== '') onUnreadable(`${name}, byte ${place}`);
        place += Buffer.byteLength(line) + 1;
      }
      read.set(name, place);
    }
  },
});

const anchorOf = (line: string): Anchor | null => {
  try {
    const parsed = anchorSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** The anchors of some months by register and month; and what could not be read. */
export const anchorsOf = async (
  anchors: Anchors,
  isWanted: (month: Month) => boolean,
): Promise<{
  readonly byChain: ReadonlyMap<string, readonly Anchor[]>;
  readonly unreadable: readonly string[];
}> => {
  const byChain = new Map<string, Anchor[]>();
  const unreadable: string[] = [];
  await anchors.each(
    (anchor) => {
      if (!isWanted(anchor.month)) return;
      const key = `${anchor.register} ${anchor.month}`;
      const known = byChain.get(key);
      if (known) known.push(anchor);
      else byChain.set(key, [anchor]);
    },
    (place) => void unreadable.push(place),
  );
  return { byChain, unreadable };
};
