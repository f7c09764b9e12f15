import { z } from 'zod';
import { civilDateSchema } from './civil-date.ts';
import { compartmentId, dutyIds, partnerSectorId, professionId, taskClassId } from './codes.ts';
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

/**
 * Työtehtävä: what somebody does in a unit, in what profession and task class (STM 457/2024), for how
 * long. Rights follow the task, not the person (703/2023 9 §). Both days are included.
 */
export const workTaskSchema = z.object({
  unitId: idSchema.nullable(),
  profession: professionId,
  taskClass: taskClassId,
  /** The compartments that are this task's own; empty: those of the profession. */
  services: z.array(compartmentId).max(40),
  /** Goes round to the unit's clients, as home care does: the relation to the unit's clients opens them. */
  round: z.boolean(),
  validFrom: civilDateSchema,
  validTo: civilDateSchema.nullable(),
});
export type WorkTask = z.infer<typeof workTaskSchema>;

export const personSchema = z.object({
  id: idSchema,
  givenName: nameText,
  familyName: nameText,
  /** Profession, task class and unit of the main task: what stands beside the name. */
  profession: professionId,
  taskClass: taskClassId,
  unitId: idSchema.nullable(),
  /** Number in the registers of professionals (Terhikki, Suosikki), where there is one. */
  registerNumber: z.string().max(40).nullable().default(null),
  /** Empty: the one task that the fields above tell, without end. */
  tasks: z.array(workTaskSchema).max(20).default([]),
  duties: z.array(z.enum(dutyIds)).max(3).default([]),
  /** For somebody of another sector: which one (703/2023 48 §). */
  partnerSector: partnerSectorId.nullable().default(null),
  /** False for someone known from an imported plan who has no account in the region. */
  active: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** Poissaolo: who is away and who steps in. Both days are included. */
export const absenceSchema = z.object({
  id: idSchema,
  personId: idSchema,
  /** Null: nobody steps in, and the responsibilities are listed as uncovered. */
  deputyId: idSchema.nullable(),
  validFrom: civilDateSchema,
  validTo: civilDateSchema,
  /** The clients handed over; null: all of the absent person's. Never sent to devices other than by rights. */
  caseIds: z.array(idSchema).max(5_000).nullable(),
});
export type Absence = z.infer<typeof absenceSchema>;

export const fullName = (person: Pick<Person, 'givenName' | 'familyName'>): string =>
  `${person.givenName} ${person.familyName}`.trim();
