import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { professionId, taskClassId } from '../codes.ts';
import { idSchema } from '../ids.ts';
import { lineText } from '../text.ts';
import { decide, kindSince } from './group.ts';

export const teamRoles = [
  'custodian',
  'responsible',
  'participant',
  'consultant',
  'deputy',
  'student',
  'external',
] as const;

/**
 * Tiimijäsenyys: the technically verified client relation that opens a client to a person
 * (703/2023 9 §). Both days are included; no end means until further notice. Since schema 2 it may be a
 * partner of another sector, or a student with a supervisor: a program before it would not show either.
 */
export const membership = kindSince(2, {
  grant: decide({
    personId: idSchema,
    profession: professionId,
    taskClass: taskClassId,
    role: z.enum(teamRoles),
    validFrom: civilDateSchema,
    validTo: civilDateSchema.nullable(),
    ground: lineText,
    /** Who guides a student; the student sees no more than this person does (STM 457/2024 21 §). */
    supervisorId: idSchema.nullable().optional(),
  }),
});
