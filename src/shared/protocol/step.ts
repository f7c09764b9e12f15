import { z } from 'zod';
import { limits } from './version.ts';

/** Chance that nobody makes twice: twelve bytes, base64url. */
const mark = z.string().regex(/^[A-Za-z0-9_-]{16}$/u);

/**
 * Which step of its device a request is, and which steps the device knows of before it (SPEC I1). A device
 * of version 2 counts no steps.
 */
export const stepSchema = z.object({
  mark,
  after: z.array(mark).max(limits.stepsTried + 1),
  /** How far the log had been given to the device: a region that is behind this has lost steps too. */
  through: z.int().min(0),
});
export type Step = Readonly<z.infer<typeof stepSchema>>;
