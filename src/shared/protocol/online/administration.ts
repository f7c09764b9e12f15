import { z } from 'zod';
import { civilDateSchema } from '#shared/domain/civil-date.ts';
import { dutyIds, partnerSectorId } from '#shared/domain/codes.ts';
import { unitSchema, workTaskSchema } from '#shared/domain/directory.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { lineText, nameText } from '#shared/domain/text.ts';
import { forDuty } from './online-call.ts';

const page = { offset: z.int().min(0), limit: z.int().min(1).max(200) };
const reason = lineText.trim().min(1, 'reason-missing');
const administrator = forDuty('administrator');

const personRow = z.object({
  id: idSchema,
  givenName: z.string(),
  familyName: z.string(),
  registerNumber: z.string().nullable(),
  /** Rises with every saving: two administrators at once are noticed by it. */
  revision: z.int(),
  tasks: z.array(workTaskSchema),
  duties: z.array(z.enum(dutyIds)),
  partnerSector: z.string().nullable(),
  active: z.boolean(),
  /** The local account's login; null where there is none. */
  login: z.string().nullable(),
  isClient: z.boolean(),
  devices: z.int(),
  /** Milliseconds since 1970, UTC. */
  lastSeenMs: z.number().nullable(),
});

const relationRow = z.object({
  membershipId: idSchema,
  caseId: idSchema,
  clientName: z.string(),
  personId: idSchema,
  role: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** People, units, tasks, relations in bulk and devices: names and relations, nothing of any plan. */
export const administrationCalls = {
  'people.list': administrator(
    z.strictObject({
      /** Part of a name, a login or a register number. */
      search: z.string().max(200),
      unitId: idSchema.nullable(),
      activity: z.enum(['active', 'ended', 'all']),
      sort: z.enum(['name', 'last-seen']),
      descending: z.boolean(),
      ...page,
    }),
    z.object({ total: z.int(), rows: z.array(personRow) }),
  ),
  'people.save': administrator(
    z.strictObject({
      /** Null for a new one. */
      id: idSchema.nullable(),
      revision: z.int().nullable(),
      givenName: nameText.trim().min(1, 'required'),
      familyName: nameText.trim().min(1, 'required'),
      registerNumber: z.string().max(40).nullable(),
      /** The first is the main task: its profession stands beside the name. */
      tasks: z.array(workTaskSchema).min(1, 'required').max(20),
      duties: z.array(z.enum(dutyIds)).max(3),
      partnerSector: partnerSectorId.nullable(),
    }),
    z.object({ id: idSchema }),
  ),
  /** Rights, sessions and duties end at once; what was written stays. */
  'people.end': administrator(z.strictObject({ id: idSchema, reason }), z.object({})),
  /** A local account, or a new secret for it; shown once. */
  'people.newSecret': administrator(
    z.strictObject({ id: idSchema, login: nameText.trim().min(3, 'required') }),
    z.object({ secret: z.string() }),
  ),
  /** The person is a client too: own record never opens to oneself. Null takes the link away. */
  'people.linkClient': administrator(
    z.strictObject({ id: idSchema, personalIdentityCode: z.string().max(20).nullable() }),
    z.object({}),
  ),
  'units.save': administrator(
    unitSchema.extend({ id: idSchema.nullable() }).strict(),
    z.object({ id: idSchema }),
  ),
  'relations.list': administrator(
    z.strictObject({
      personId: idSchema,
      onlyCurrent: z.boolean(),
      search: z.string().max(200),
      ...page,
    }),
    z.object({ total: z.int(), rows: z.array(relationRow) }),
  ),
  /** Ends or moves many relations in one transaction; a dry run tells the same without doing it. */
  'relations.change': administrator(
    z.strictObject({
      personId: idSchema,
      /** Null: all current ones of the person. */
      membershipIds: z.array(idSchema).min(1).max(5_000).nullable(),
      action: z.enum(['end', 'move']),
      /** Who takes over, for a move. */
      toPersonId: idSchema.nullable(),
      /** The last day of the old relation; a new one begins on the day after. */
      lastDay: civilDateSchema,
      reason,
      dryRun: z.boolean(),
    }),
    z.object({
      changed: z.int(),
      /** What could not be changed, by reason: `conflict`, `already-ended`, `not-begun`. */
      left: z.array(z.object({ problem: z.string(), count: z.int() })),
    }),
  ),
  'devices.list': administrator(
    z.strictObject({ search: z.string().max(200), personId: idSchema.nullable(), ...page }),
    z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          id: idSchema,
          name: z.string(),
          personId: idSchema,
          createdMs: z.number(),
          lastSeenMs: z.number(),
          signedIn: z.boolean(),
          revokedMs: z.number().nullable(),
          /** How many changes the device said were set aside on it; left out by a server of version 2. */
          setAside: z.int().optional(),
          /** When it turned out to be one of two copies, which went on under ids of their own. */
          replacedMs: z.number().nullable(),
        }),
      ),
    }),
  ),
  'devices.revoke': administrator(z.strictObject({ id: idSchema, reason }), z.object({})),
  /** Clients who share a personal identity code: one person entered twice. */
  'clients.sameCode': administrator(
    z.strictObject({}),
    z.object({
      rows: z.array(
        z.object({
          personalIdentityCode: z.string(),
          clients: z.array(z.object({ caseId: idSchema, name: z.string(), joined: z.boolean() })),
        }),
      ),
    }),
  ),
  /** One person entered twice becomes one: both histories stay, a relation to either opens both. */
  'clients.merge': administrator(
    z.strictObject({ fromCaseId: idSchema, intoCaseId: idSchema, reason }),
    z.object({}),
  ),
} as const;
