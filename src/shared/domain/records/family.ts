import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { nameText } from '../text.ts';
import { decide, groupsSince, kindSince } from './group.ts';

/** What somebody is to the client in whose plan it is written. */
export const familyRelations = ['sibling', 'parent', 'guardian', 'child', 'other'] as const;
export type FamilyRelation = (typeof familyRelations)[number];

/**
 * Perheenjäsen: written in the client's own plan, of the client's own family. It opens nothing and names no
 * other client: the tie is found again only by whoever holds both (`family/ties.ts`), and everybody in a
 * family has one, client or not.
 */
export const familyMember = kindSince(3, {
  member: decide({ relation: z.enum(familyRelations), name: nameText, tie: idSchema }),
});

/** The group of a row's tie; for whoever sees one child alone it means nothing, and history leaves it out. */
export const familyPart = 'family-part';

/**
 * Yhteinen sisaruksille: rows that carry the same id in the plans of several children say the same thing.
 * Each is its own plan's row; the id says nothing by itself. Kept apart, it is no longer compared.
 */
export const familyPartGroup = groupsSince(3, {
  [familyPart]: decide({ id: idSchema, isCommon: z.boolean() }),
});
