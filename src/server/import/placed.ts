import type { Id } from '#shared/domain/ids.ts';
import type { SourceKey } from './source-key.ts';

/** Which of our records a resource of the source became. */
export type Placed = Map<string, Id>;

export const placedKey = ({ system, identifier }: SourceKey): string =>
  `${system}\u0000${identifier}`;
