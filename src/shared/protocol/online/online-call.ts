import type { z } from 'zod';
import type { Duty } from '#shared/domain/codes.ts';

/**
 * A question or command that only the region can answer, asked while online: its input, its answer, and
 * the duty it belongs to. `null`: everybody who is signed in may ask, and the use case decides by rights.
 */
export type OnlineCall<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I;
  readonly output: O;
  readonly duties: readonly Duty[] | null;
};

export const forEverybody = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): OnlineCall<I, O> => ({ input, output, duties: null });

/** Anybody with one of the duties. */
export const forDuty =
  (...duties: readonly Duty[]) =>
  <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): OnlineCall<I, O> => ({
    input,
    output,
    duties,
  });
