import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { compartmentId, partnerSectorId } from '../codes.ts';
import { idSchema } from '../ids.ts';
import { lineText, nameText, proseText } from '../text.ts';
import { decide, kindSince } from './group.ts';

/**
 * What the client has allowed and forbidden, and which services work as one. All of it lies in the
 * compartment `joint/permissions`. Both days of a validity are included; no end means until further
 * notice. Who recorded it and when is told by the change itself.
 */
const validity = {
  validFrom: civilDateSchema,
  validTo: civilDateSchema.nullable(),
};

/** In what way the client, or who speaks for the client, said it. */
export const expressionWays = ['in-person', 'phone', 'written', 'electronic'] as const;

const expressed = {
  /** The client's will in words: what was explained and what was said. */
  text: proseText,
  givenBy: nameText,
  way: z.enum(expressionWays),
};

const atLeastOne = z.array(compartmentId).min(1, 'required').max(40);

/** Yhteinen palvelu: these services are delivered together and share what is necessary (703/2023 53 § 1). */
export const jointService = kindSince(2, {
  scope: decide({
    name: lineText,
    compartments: z.array(compartmentId).min(2, 'two-needed').max(40),
    ...validity,
  }),
});

/** Luovutuslupa: the client lets one register's data be used by the other sector (703/2023 53 § 2–3; STM 457/2024 25, 27 §). */
export const permission = kindSince(2, {
  scope: decide({
    /** A direction of its own each: a permission for one opens nothing the other way. */
    direction: z.enum(['social-to-health', 'health-to-social']),
    compartments: atLeastOne,
    /** Units whose people it is for; empty: the whole region. */
    unitIds: z.array(idSchema).max(100),
    ...validity,
    ...expressed,
  }),
});

/** Suostumus yhteiseen suunnitelmaan muiden toimialojen kanssa (SHL 39 § 3): not a permission to disclose. */
export const consent = kindSince(2, {
  scope: decide({
    sectors: z.array(partnerSectorId).min(1, 'required').max(20),
    ...validity,
    ...expressed,
  }),
});

/**
 * Kielto (703/2023 58–59 §). It acts between registers and controllers, never inside a register; it
 * holds until it is taken back.
 */
export const prohibition = kindSince(2, {
  scope: decide({
    level: z.enum(['all', 'register', 'service', 'document']),
    register: z.enum(['social', 'patient']).nullable(),
    compartments: z.array(compartmentId).max(40),
    /** The one document, for the level `document`: kept from prints and other organisations. */
    recordId: idSchema.nullable(),
    ...validity,
    ...expressed,
  }),
});

/** Alaikäisen kielto: a minor able to decide forbids telling a guardian (703/2023 34, 40, 51 §). */
export const guardianProhibition = kindSince(2, {
  scope: decide({
    /** The guardians' records; empty: every guardian. */
    representativeIds: z.array(idSchema).max(20),
    compartments: z.array(compartmentId).max(40),
    /** Whether the ban is followed, and on what assessment; a refusal needs its reasons on record too. */
    decision: z.enum(['accepted', 'refused']),
    reason: lineText.refine((text) => text.trim() !== '', 'required'),
    ...validity,
    ...expressed,
  }),
});

export const permissionKinds = [
  'joint-service',
  'permission',
  'consent',
  'prohibition',
  'guardian-prohibition',
] as const;
export type PermissionKind = (typeof permissionKinds)[number];

export const isPermissionKind = (kindName: string): kindName is PermissionKind =>
  (permissionKinds as readonly string[]).includes(kindName);
