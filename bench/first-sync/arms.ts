import type { Cost } from '../figures.ts';

/** In the order of their turns. */
export const armNames = ['bare', 'bare-encrypted', 'rows', 'punos'] as const;
export type ArmName = (typeof armNames)[number];

export type ArmResult = {
  /** From the first request to the commit of the last page. */
  readonly usable: Cost;
  /** What the full-text index cost after that; only the program's own arm builds one. */
  readonly fullText: Cost | null;
  readonly rssBytes: number;
  readonly rssBytesWithText: number | null;
  /** Of the database, everything checkpointed. */
  readonly bytes: number;
  readonly bytesWithText: number | null;
  readonly rows: number;
  readonly stateHash: string;
};
