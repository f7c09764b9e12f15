import { z } from 'zod';

/**
 * The parts of FHIR R4 resources that become something of ours, with the codes that FHIR binds as
 * required (the structure check lets any word pass there). Everything else is passed over.
 * Codes: hl7.org/fhir/R4, the value sets named beside each list.
 */

const text = z.string();
const maybe = <S extends z.ZodType>(schema: S) => schema.optional();
const many = <S extends z.ZodType>(schema: S) => z.array(schema).default([]);

const coding = z.object({ system: maybe(text), code: maybe(text), display: maybe(text) });
export const concept = z.object({ coding: many(coding), text: maybe(text) });
export type Concept = z.infer<typeof concept>;

const period = z.object({ start: maybe(text), end: maybe(text) });
export type Period = z.infer<typeof period>;

export const identifier = z.object({
  use: maybe(z.enum(['usual', 'official', 'temp', 'secondary', 'old'])),
  type: maybe(concept),
  system: maybe(text),
  value: maybe(text),
});
export type Identifier = z.infer<typeof identifier>;

export const reference = z.object({
  reference: maybe(text),
  identifier: maybe(identifier),
  display: maybe(text),
});
export type Reference = z.infer<typeof reference>;

const quantity = z.object({ value: maybe(z.number()), comparator: maybe(text), unit: maybe(text) });
export type Quantity = z.infer<typeof quantity>;
const range = z.object({ low: maybe(quantity), high: maybe(quantity) });
const annotation = z.object({ time: maybe(text), text });

/** hl7.org/fhir/R4/valueset-name-use, contact-point-system, address-use. */
const humanName = z.object({
  use: maybe(z.enum(['usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden'])),
  text: maybe(text),
  family: maybe(text),
  given: z.array(text.nullable()).default([]),
  period: maybe(period),
});
export type HumanName = z.infer<typeof humanName>;

const contactPoint = z.object({
  system: maybe(z.enum(['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other'])),
  value: maybe(text),
  use: maybe(z.enum(['home', 'work', 'temp', 'old', 'mobile'])),
  rank: maybe(z.number()),
});
export type ContactPoint = z.infer<typeof contactPoint>;

const address = z.object({
  use: maybe(z.enum(['home', 'work', 'temp', 'old', 'billing'])),
  type: maybe(z.enum(['postal', 'physical', 'both'])),
  text: maybe(text),
  line: z.array(text.nullable()).default([]),
  city: maybe(text),
  postalCode: maybe(text),
});
export type Address = z.infer<typeof address>;

const extension = z.object({
  url: text,
  valueCoding: maybe(coding),
  valueBoolean: maybe(z.boolean()),
});

const timing = z.object({
  repeat: maybe(
    z.object({
      boundsPeriod: maybe(period),
      count: maybe(z.number()),
      frequency: maybe(z.number()),
      frequencyMax: maybe(z.number()),
      period: maybe(z.number()),
      periodMax: maybe(z.number()),
      periodUnit: maybe(z.enum(['s', 'min', 'h', 'd', 'wk', 'mo', 'a'])),
      dayOfWeek: many(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])),
      timeOfDay: many(text),
    }),
  ),
  code: maybe(concept),
});
export type Timing = z.infer<typeof timing>;

const anyResource = {
  id: maybe(text),
  meta: z
    .object({ lastUpdated: maybe(text), source: maybe(text), security: many(coding) })
    .default({ security: [] }),
  text: maybe(z.object({ status: text, div: text })),
  identifier: many(identifier),
};

const patient = z.object({
  resourceType: z.literal('Patient'),
  ...anyResource,
  extension: many(extension),
  active: maybe(z.boolean()),
  name: many(humanName),
  telecom: many(contactPoint),
  birthDate: maybe(text),
  deceasedBoolean: maybe(z.boolean()),
  deceasedDateTime: maybe(text),
  address: many(address),
  contact: many(
    z.object({
      relationship: many(concept),
      name: maybe(humanName),
      telecom: many(contactPoint),
      organization: maybe(reference),
      period: maybe(period),
    }),
  ),
  communication: many(z.object({ language: concept, preferred: maybe(z.boolean()) })),
  generalPractitioner: many(reference),
  managingOrganization: maybe(reference),
});

/** hl7.org/fhir/R4/valueset-request-status */
export const carePlanStatuses = [
  'draft',
  'active',
  'on-hold',
  'revoked',
  'completed',
  'entered-in-error',
  'unknown',
] as const;

/** hl7.org/fhir/R4/valueset-care-plan-activity-status */
export const activityStatuses = [
  'not-started',
  'scheduled',
  'in-progress',
  'on-hold',
  'completed',
  'cancelled',
  'stopped',
  'unknown',
  'entered-in-error',
] as const;

const activityDetail = z.object({
  kind: maybe(
    z.enum([
      'Appointment',
      'CommunicationRequest',
      'DeviceRequest',
      'MedicationRequest',
      'NutritionOrder',
      'Task',
      'ServiceRequest',
      'VisionPrescription',
    ]),
  ),
  code: maybe(concept),
  goal: many(reference),
  status: z.enum(activityStatuses),
  statusReason: maybe(concept),
  doNotPerform: maybe(z.boolean()),
  scheduledTiming: maybe(timing),
  scheduledPeriod: maybe(period),
  scheduledString: maybe(text),
  location: maybe(reference),
  performer: many(reference),
  productCodeableConcept: maybe(concept),
  productReference: maybe(reference),
  description: maybe(text),
});
export type ActivityDetail = z.infer<typeof activityDetail>;

const carePlan = z.object({
  resourceType: z.literal('CarePlan'),
  ...anyResource,
  status: z.enum(carePlanStatuses),
  /** hl7.org/fhir/R4/valueset-care-plan-intent */
  intent: z.enum(['proposal', 'plan', 'order', 'option']),
  category: many(concept),
  title: maybe(text),
  description: maybe(text),
  subject: reference,
  period: maybe(period),
  created: maybe(text),
  author: maybe(reference),
  contributor: many(reference),
  careTeam: many(reference),
  addresses: many(reference),
  goal: many(reference),
  activity: many(
    z.object({
      id: maybe(text),
      outcomeCodeableConcept: many(concept),
      progress: many(annotation),
      reference: maybe(reference),
      detail: maybe(activityDetail),
    }),
  ),
  note: many(annotation),
});

/** hl7.org/fhir/R4/valueset-goal-status */
export const goalStatuses = [
  'proposed',
  'planned',
  'accepted',
  'active',
  'on-hold',
  'completed',
  'cancelled',
  'entered-in-error',
  'rejected',
] as const;

const goal = z.object({
  resourceType: z.literal('Goal'),
  ...anyResource,
  lifecycleStatus: z.enum(goalStatuses),
  achievementStatus: maybe(concept),
  description: concept,
  subject: reference,
  startDate: maybe(text),
  target: many(
    z.object({
      measure: maybe(concept),
      detailQuantity: maybe(quantity),
      detailRange: maybe(range),
      detailCodeableConcept: maybe(concept),
      detailString: maybe(text),
      dueDate: maybe(text),
    }),
  ),
  statusDate: maybe(text),
  statusReason: maybe(text),
  expressedBy: maybe(reference),
  addresses: many(reference),
  note: many(annotation),
  outcomeCode: many(concept),
});

const condition = z.object({
  resourceType: z.literal('Condition'),
  ...anyResource,
  clinicalStatus: maybe(concept),
  verificationStatus: maybe(concept),
  category: many(concept),
  severity: maybe(concept),
  code: maybe(concept),
  subject: reference,
  onsetDateTime: maybe(text),
  onsetPeriod: maybe(period),
  onsetString: maybe(text),
  abatementDateTime: maybe(text),
  abatementPeriod: maybe(period),
  abatementString: maybe(text),
  recordedDate: maybe(text),
  recorder: maybe(reference),
  asserter: maybe(reference),
  note: many(annotation),
});

/** hl7.org/fhir/R4/valueset-medicationrequest-status */
export const medicationStatuses = [
  'active',
  'on-hold',
  'cancelled',
  'completed',
  'entered-in-error',
  'stopped',
  'draft',
  'unknown',
] as const;

const medicationRequest = z.object({
  resourceType: z.literal('MedicationRequest'),
  ...anyResource,
  status: z.enum(medicationStatuses),
  statusReason: maybe(concept),
  /** hl7.org/fhir/R4/valueset-medicationrequest-intent */
  intent: z.enum([
    'proposal',
    'plan',
    'order',
    'original-order',
    'reflex-order',
    'filler-order',
    'instance-order',
    'option',
  ]),
  doNotPerform: maybe(z.boolean()),
  medicationCodeableConcept: maybe(concept),
  medicationReference: maybe(reference),
  subject: reference,
  authoredOn: maybe(text),
  requester: maybe(reference),
  reasonCode: many(concept),
  reasonReference: many(reference),
  note: many(annotation),
  dosageInstruction: many(
    z.object({
      text: maybe(text),
      patientInstruction: maybe(text),
      additionalInstruction: many(concept),
      asNeededBoolean: maybe(z.boolean()),
      asNeededCodeableConcept: maybe(concept),
      timing: maybe(timing),
      doseAndRate: many(z.object({ doseQuantity: maybe(quantity), doseRange: maybe(range) })),
    }),
  ),
});

const medication = z.object({
  resourceType: z.literal('Medication'),
  ...anyResource,
  code: maybe(concept),
});

const allergyIntolerance = z.object({
  resourceType: z.literal('AllergyIntolerance'),
  ...anyResource,
  clinicalStatus: maybe(concept),
  verificationStatus: maybe(concept),
  criticality: maybe(z.enum(['low', 'high', 'unable-to-assess'])),
  code: maybe(concept),
  patient: reference,
  reaction: many(z.object({ manifestation: many(concept), description: maybe(text) })),
  note: many(annotation),
});

const careTeam = z.object({
  resourceType: z.literal('CareTeam'),
  ...anyResource,
  subject: maybe(reference),
  period: maybe(period),
  participant: many(
    z.object({ role: many(concept), member: maybe(reference), period: maybe(period) }),
  ),
});

const practitioner = z.object({
  resourceType: z.literal('Practitioner'),
  ...anyResource,
  name: many(humanName),
  qualification: many(z.object({ code: concept })),
});

const practitionerRole = z.object({
  resourceType: z.literal('PractitionerRole'),
  ...anyResource,
  practitioner: maybe(reference),
  organization: maybe(reference),
  code: many(concept),
});

const organization = z.object({
  resourceType: z.literal('Organization'),
  ...anyResource,
  name: maybe(text),
  address: many(address),
});

export const resourceSchemas = {
  Patient: patient,
  CarePlan: carePlan,
  Goal: goal,
  Condition: condition,
  MedicationRequest: medicationRequest,
  Medication: medication,
  AllergyIntolerance: allergyIntolerance,
  CareTeam: careTeam,
  Practitioner: practitioner,
  PractitionerRole: practitionerRole,
  Organization: organization,
};

export type ReadType = keyof typeof resourceSchemas;
export type ResourceOf<T extends ReadType> = z.infer<(typeof resourceSchemas)[T]>;
export type ReadResource = { [T in ReadType]: ResourceOf<T> }[ReadType];

/** The resource types that the import reads. */
export const readTypes = Object.keys(resourceSchemas) as readonly ReadType[];

export const isReadType = (type: unknown): type is ReadType =>
  typeof type === 'string' && Object.hasOwn(resourceSchemas, type);
