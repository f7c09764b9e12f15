import type { Id } from '#shared/domain/ids.ts';
import type { Versions } from './device.ts';

/** What a device at work can be interrupted in. */
export type Step =
  | { readonly do: 'make' }
  | { readonly do: 'open' }
  | { readonly do: 'close' }
  | { readonly do: 'write'; readonly recordId: Id; readonly text: string }
  | { readonly do: 'draft'; readonly recordId: Id; readonly text: string }
  | { readonly do: 'page'; readonly page: number }
  | { readonly do: 'scrub' }
  | { readonly do: 'secret'; readonly secret: number }
  | { readonly do: 'migrate'; readonly schema: number }
  | { readonly do: 'card'; readonly waiting: number };

/** One line of the device's pipe. `saved` is said after the program's own answer, and never before. */
export type Word =
  | { readonly say: 'begins'; readonly step: Step }
  | { readonly say: 'saved'; readonly step: Step; readonly changeId?: Id }
  | { readonly say: 'refused'; readonly step: Step; readonly code: string }
  /** An error that nobody turned into an answer. */
  | { readonly say: 'threw'; readonly step: Step; readonly error: string }
  | { readonly say: 'done' };

export const phases = ['write', 'checkpoint', 'migration', 'sync-apply', 're-key'] as const;
export type Phase = (typeof phases)[number];

/** What a device is told when it starts. */
export type Task = Versions & {
  readonly folder: string;
  readonly phase: Phase;
  readonly seed: number;
  /** Tells this start's texts from those of other starts. */
  readonly start: number;
  /** Null: until it is killed. */
  readonly steps: number | null;
  /** Whether it makes the case file first. */
  readonly make: boolean;
  /** Milliseconds of memory-hard stretching matter where opening is timed; elsewhere it costs nothing. */
  readonly argon2: { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };
};
