import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Device } from './device.ts';
import type { Answer, Asked, Region } from './region.ts';

/** A request on its way, and what came back. */
export type Message = {
  readonly device: Device;
  readonly asked: Asked;
  answer: Answer | null;
  /** The device still listens. */
  waits: boolean;
  readonly hear: (answer: Response | null) => void;
};

export type World = {
  readonly region: Region;
  readonly people: readonly Id[];
  readonly devices: readonly Device[];
  readonly nowMs: () => number;
  /** Lets the world's time pass, milliseconds. */
  readonly pass: (ms: number) => void;
  readonly random: (length: number) => Buffer;
  readonly messages: Message[];
  /** Everything that was ever saved on a device. */
  readonly written: Map<Id, { readonly change: Change; readonly device: Device }>;
  readonly counts: Record<string, number>;
};
