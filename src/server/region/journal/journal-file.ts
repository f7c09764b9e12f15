import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { addLines, fileNames } from '../outside-lines.ts';

/**
 * The journal of rights: lines of `rights-YYYY.jsonl` outside the database, beside the anchors of the log of
 * use. A line is a fact that gives or takes rights, under its number, or a mark of how far the region had come.
 */

/** One fact. The same number may stand twice, after a crash between writing and noting it, and says the same. */
const entrySchema = z.object({
  no: z.int().min(1),
  id: idSchema,
  kind: z.string(),
  value: z.record(z.string(), z.unknown()),
});
export type JournalEntry = z.infer<typeof entrySchema>;

/** How far the region had come: in the journal (`no`) and in its log of changes (`seq`). */
const markSchema = z.object({
  region: idSchema,
  epoch: idSchema,
  epochNo: z.int().min(1),
  no: z.int().min(0),
  seq: z.int().min(0),
});
export type JournalMark = z.infer<typeof markSchema>;

const lineSchema = z.union([entrySchema, z.object({ mark: markSchema })]);
type Line = z.infer<typeof lineSchema>;

export type JournalTail = {
  /** The last mark. */
  readonly mark: JournalMark;
  /** The highest number, also of entries after the mark. */
  readonly no: number;
};

export type Journal = {
  readonly folder: string;
  /** On the disk when this resolves, the mark last. */
  readonly add: (entries: readonly JournalEntry[], mark: JournalMark, now: Date) => Promise<void>;
  /** Where it ends; null before its first mark. */
  readonly tail: () => Promise<JournalTail | null>;
  /** The entries after a number, each once, in the order of writing. Lines that cannot be read are passed by. */
  readonly after: (no: number) => AsyncGenerator<JournalEntry>;
};

const filesName = 'rights';

/** So much of a file's end is read first, and twice as much each time that no mark is in it. */
const firstLook = 65_536;

export const openJournal = (folder: string): Journal => ({
  folder,
  add: (entries, mark, now) =>
    addLines(
      folder,
      filesName,
      [...entries.map((entry) => JSON.stringify(entry)), JSON.stringify({ mark })],
      now,
    ),
  tail: async () => {
    let after = 0;
    for (const name of (await fileNames(folder, filesName)).toReversed()) {
      const { mark, no } = await tailOf(path.join(folder, name));
      if (mark) return { mark, no: Math.max(mark.no, no, after) };
      after = Math.max(after, no);
    }
    return null;
  },
  after: async function* (no) {
    const seen = new Set<number>();
    for (const name of await fileNames(folder, filesName)) {
      const input = createReadStream(path.join(folder, name));
      for await (const text of createInterface({ input, crlfDelay: Infinity })) {
        const line = lineOf(text);
        if (!line || 'mark' in line || line.no <= no || seen.has(line.no)) continue;
        seen.add(line.no);
        yield line;
      }
    }
  },
});

/** The last mark of a file and the highest number after it, or of all that was read where there is none. */
const tailOf = async (
  file: string,
): Promise<{ readonly mark: JournalMark | null; readonly no: number }> => {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    for (let look = firstLook; ; look *= 2) {
      const from = Math.max(0, size - look);
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(size - from),
        0,
        size - from,
        from,
      );
      // The first line may have lost its beginning, and then is none of ours.
      const lines = buffer
        .toString('utf8', 0, bytesRead)
        .split('\n')
        .slice(from === 0 ? 0 : 1);
      const found = lastOf(lines);
      if (found.mark || from === 0) return found;
    }
  } finally {
    await handle.close();
  }
};

const lastOf = (
  lines: readonly string[],
): { readonly mark: JournalMark | null; readonly no: number } => {
  let no = 0;
  for (const text of lines.toReversed()) {
    const line = lineOf(text);
    if (line && 'mark' in line) return { mark: line.mark, no };
    if (line) no = Math.max(no, line.no);
  }
  return { mark: null, no };
};

const lineOf = (text: string): Line | null => {
  if (text === '') return null;
  try {
    const line = lineSchema.safeParse(JSON.parse(text));
    return line.success ? line.data : null;
  } catch {
    return null;
  }
};
