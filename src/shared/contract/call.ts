import { z } from 'zod';

/** Why a call did not do what it was asked: a code with words in the three languages, and the place. */
export const problemSchema = z.object({
  code: z.string(),
  /** Where in the input, when it is about one part of it. */
  path: z.string().optional(),
  /** What the region says is wrong with that part, as a code of its own. */
  problem: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  /** Changes that a case file set aside holds. */
  waiting: z.int().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  input,
  output,
});

export const nothing = z.strictObject({});
