import { newId, type Id } from '#shared/domain/ids.ts';

/** The id of a record that somebody begins here and now. */
export const makeId = (): Id =>
  newId(Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length)));
