import type { Person } from '#shared/domain/directory.ts';
import type { Id, RandomBytes } from '#shared/domain/ids.ts';
import type { WritableDb } from '#main/db/handles.ts';

/** What the outer world gives the core, so that tests can give another. */
export type Surroundings = {
  /** Milliseconds since 1970, UTC, as this computer believes. */
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
};

/** Signs with the device's key; the answer is base64url. */
export type SignText = (text: string) => string;

/** An open case file with the person it belongs to: what every query and command works on. */
export type Desk = Surroundings & {
  readonly db: WritableDb;
  readonly person: Person;
  readonly deviceId: Id;
  readonly sign: SignText;
};
