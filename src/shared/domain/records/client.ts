import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { idSchema } from '../ids.ts';
import { personalIdentityCodeProblem } from '../personal-identity-code.ts';
import { lineText, nameText } from '../text.ts';
import { originGroup } from './common-groups.ts';
import { decide, kind, kindSince } from './group.ts';

const personalIdentityCode = z
  .string()
  .refine((code) => personalIdentityCodeProblem(code) === null, 'personal-identity-code');

/** Asiakas. The record's id is the case id of everything written about the client. */
export const client = kind({
  /** One of three identifies a person: the code, a temporary id, or the birth date alone (703/2023 27, 38 §). */
  identity: decide({
    familyName: nameText,
    givenNames: nameText,
    preferredName: nameText,
    personalIdentityCode: personalIdentityCode.nullable(),
    temporaryId: nameText.nullable(),
    birthDate: civilDateSchema.nullable(),
  }),
  /** Asiointikieli and what is needed to be understood (612/2021 5 §). */
  language: decide({
    motherTongue: z.string().max(35),
    serviceLanguage: z.enum(['fi', 'sv', 'se', 'smn', 'sms', 'en', 'other']),
    interpreter: z.boolean(),
    communication: lineText,
  }),
  /** Turvakielto: contact details are masked and never printed for others (703/2023 38 §). */
  protection: decide({ restraintOnDisclosure: z.boolean() }),
  care: decide({ unitId: idSchema.nullable() }),
  origin: originGroup,
});

/**
 * Yhteystiedot: a record and a compartment of their own, since a restraint on disclosure keeps them from
 * people who may see the plan. The record's id follows from the client's (`contactIdOf`).
 */
export const contactRecord = kindSince(2, {
  contact: decide({
    phone: nameText,
    email: nameText,
    streetAddress: lineText,
    postalCode: z.string().max(12),
    town: nameText,
    municipality: nameText,
  }),
  origin: originGroup,
});

export const representativeRoles = [
  'guardian',
  'legal-guardian',
  'authorised',
  'family-carer',
  'close-person',
] as const;

/** Edustaja tai läheinen: who speaks for the client or stands close, and what they may know. */
export const representative = kind({
  details: decide({
    name: nameText,
    role: z.enum(representativeRoles),
    phone: nameText,
    mayReceiveInformation: z.boolean(),
    taskInPlan: lineText,
  }),
});
