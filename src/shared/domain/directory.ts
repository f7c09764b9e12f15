import { z } from 'zod';
import { professionId, taskClassId } from './codes.ts';
import { idSchema } from './ids.ts';
import { nameText } from './text.ts';

/**
 * The region's own lists, kept by the server and read by every device: its units and the people who
 * work in them. They are no client records: nobody edits them offline, so they carry no changes.
 */
export const unitSchema = z.object({
  id: idSchema,
  name: nameText,
  municipality: nameText,
  sector: z.enum(['social', 'health', 'joint']),
});
export type Unit = z.infer<typeof unitSchema>;

export const personSchema = z.object({
  id: idSchema,
  givenName: nameText,
  familyName: nameText,
  profession: professionId,
  taskClass: taskClassId,
  unitId: idSchema.nullable(),
  /** False for someone known from an imported plan who has no account in the region. */
  active: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

export const fullName = (person: Pick<Person, 'givenName' | 'familyName'>): string =>
  `${person.givenName} ${person.familyName}`.trim();
