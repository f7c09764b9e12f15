import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';

/** What the region's server processes tell each other of who is here (SPEC W4). */
export const presenceChannel = 'punos_here';

const mark = z.object({
  line: idSchema,
  personId: idSchema,
  caseId: idSchema,
  part: z
    .object({ recordId: idSchema, group: z.string().max(40), compartment: z.string().max(60) })
    .nullable(),
});

const word = z.union([
  z.object({ mark }),
  z.object({ gone: z.object({ line: idSchema, caseId: idSchema }) }),
]);
export type Word = z.infer<typeof word>;

const payload = z.object({ from: z.string().max(40), words: z.array(word) });

/** A word takes at most some 350 bytes; a NOTIFY takes fewer than 8,000. */
const wordsInPayload = 16;

export const packed = (from: string, words: readonly Word[]): readonly string[] =>
  Array.from({ length: Math.ceil(words.length / wordsInPayload) }, (_, index) =>
    JSON.stringify({
      from,
      words: words.slice(index * wordsInPayload, (index + 1) * wordsInPayload),
    }),
  );

/** Null for what no process of ours has told. */
export const unpacked = (text: string): z.infer<typeof payload> | null => {
  try {
    const parsed = payload.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};
