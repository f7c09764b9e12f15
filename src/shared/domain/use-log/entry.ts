import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { textLimits } from '../text.ts';

/**
 * Käyttöloki: the log of use (703/2023 10 §): who, in what role and unit, whose data, what of it, in which
 * register, on what ground, when, at which device. Kept for twelve years.
 */
export const useActions = [
  /** A client's data on a screen. */
  'view',
  /** Text of a client's plan among the results of a search, and a result opened. */
  'search-result',
  'search-hit',
  /** Contact details under a restraint on disclosure uncovered. */
  'reveal',
  'print',
  'export',
  /** Data brought to a device so that work goes on without a network. */
  'prefetch',
  /** Looked for by personal identity code. */
  'find',
  /** Opened on a ground, in an emergency, or a protected part by confirmation; ended. */
  'open-on-ground',
  'emergency',
  'confirm-protected',
  'end-opening',
  'write',
  /** A permission, consent, prohibition, joint service or team membership recorded, changed or ended. */
  'permission',
  /** Somebody's work taken in, accepted or returned after their right had ended. */
  'review',
  'history',
  'statistics',
  'sign-in',
  'sign-out',
  /** A change of people, units, tasks, relations, absences or devices. */
  'administration',
  /** The log itself read. */
  'log-read',
] as const;
export type UseAction = (typeof useActions)[number];

/** `none` for what concerns no client: a sign-in, a change of the directory. */
export const useRegisters = ['joint', 'social', 'patient', 'none'] as const;
export type UseRegister = (typeof useRegisters)[number];

/** One entry is about one client at most and one register: registers are logged apart (703/2023 10 §). */
export const useEntrySchema = z.strictObject({
  id: idSchema,
  /** Milliseconds since 1970, UTC, by the clock of who wrote it. */
  atMs: z.int(),
  action: z.enum(useActions),
  personId: idSchema,
  profession: z.string().max(60),
  taskClass: z.string().max(60),
  unitId: idSchema.nullable(),
  /** The relation's role: `custodian`, `round`, `emergency` …; empty where there is none. */
  role: z.string().max(40),
  caseId: idSchema.nullable(),
  register: z.enum(useRegisters),
  compartments: z.array(z.string().max(60)).max(60),
  /** What of the data: a screen, records, a search; ids and codes, never text of a plan. */
  what: z.strictObject({
    screen: z.string().max(60).optional(),
    records: z
      .array(z.strictObject({ id: idSchema, kind: z.string().max(40), group: z.string().max(40) }))
      .max(500)
      .optional(),
    /** Who or what was administered, reviewed or opened. */
    subjectId: idSchema.optional(),
    /** For people to read: the reason given for an opening, the request a log was read for. */
    reason: z.string().max(textLimits.line).optional(),
    count: z.int().optional(),
  }),
  /** The basis of the right (`relation`, `joint-service` …), or the legal ground of an opening. */
  ground: z.string().max(60),
  /** The record or opening behind the ground. */
  basisId: idSchema.nullable(),
  /** Null for what the server did without a device. */
  deviceId: idSchema.nullable(),
  offline: z.boolean(),
});
export type UseEntry = Readonly<z.infer<typeof useEntrySchema>>;
