import { z } from 'zod';
import { limits } from './version.ts';

/** Chance that nobody makes twice: twelve bytes, base64url. */
const mark = z.string().regex(/^[A-Za-z0-9_-]{16}$/u);

/**
 * Which step of its device a request is, and which steps the device knows of before it (SPEC I1). A device
 * of version 2 counts no steps.
 */
export const stepSchema = z.object({
  /** Rises with each step that the device makes. */
  number: z.int().min(1),
  mark,
  /** The number of the last step that was answered; 0 before any was. */
  answered: z.int().min(0),
  /** The marks of that one and of those made since. */
  after: z.array(mark).max(limits.stepsTried + 1),
});
export type Step = Readonly<z.infer<typeof stepSchema>>;
