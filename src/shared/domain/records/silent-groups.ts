import { familyPart } from './family.ts';

/** Where a row stands, where it once came from and what it is tied to say nothing about the client. */
export const silentGroups: ReadonlySet<string> = new Set(['order', 'origin', familyPart]);
