import { contactDetails, jointPlan, permissionsCompartment, type Compartment } from '../codes.ts';

/** How somebody who is none of the region's staff stands to the client: ulkopuolinen osallistuja. */
export const outsiders = [
  'client',
  'close-person',
  'school',
  'kela',
  'association',
  'other',
] as const;
export type Outsider = (typeof outsiders)[number];

/** Somebody at the table, by the parts that this person may see. */
export type Present = { readonly maySee: ReadonlySet<Compartment> };

/**
 * The parts that an outsider may be shown: the joint plan's, on the client's consent (1301/2014 39 § 3),
 * less what a minor has forbidden to be told to guardians (812/2000 11 § 3; 785/1992 9 § 2).
 */
export const outsiderSees = (of: Outsider, barred: ReadonlySet<Compartment>): Present => ({
  maySee: new Set(of === 'close-person' && barred.has(jointPlan) ? [] : [jointPlan]),
});

/** Parts that hold nothing of the plan itself. */
const offScreen: ReadonlySet<Compartment> = new Set([contactDetails, permissionsCompartment]);

/** What a shared screen may show: the parts that everybody present may see. Nobody present: none. */
export const sharedParts = (
  parts: readonly Compartment[],
  present: readonly Present[],
): readonly Compartment[] =>
  present.length === 0
    ? []
    : parts.filter(
        (part) => !offScreen.has(part) && present.every(({ maySee }) => maySee.has(part)),
      );

/**
 * What a meeting is about: the plan itself. Notes, visits, requests between colleagues, permissions and
 * contact details stay off a shared screen, whoever is present.
 */
const kindsShown: ReadonlySet<string> = new Set([
  'plan',
  'need',
  'goal',
  'action',
  'rating',
  'dissenting-view',
  'plan-meeting',
]);

/** The records that may be on the shared screen. */
export const sharedRecords = <R extends { readonly kind: string; readonly compartment: string }>(
  records: readonly R[],
  shared: readonly Compartment[],
): readonly R[] =>
  records.filter(({ kind, compartment }) => kindsShown.has(kind) && shared.includes(compartment));
