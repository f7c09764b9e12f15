import type { z } from 'zod';
import { client, contactRecord, representative } from './client.ts';
import { familyMember } from './family.ts';
import { rating } from './goal-scale.ts';
import type { GroupDefinition, KindDefinition, MergePolicy } from './group.ts';
import { diagnosis, medication } from './health.ts';
import { note } from './note.ts';
import {
  consent,
  guardianProhibition,
  jointService,
  permission,
  prohibition,
} from './permission.ts';
import { contingency, dissentingView, planMeeting } from './plan-rows.ts';
import { planAcknowledgment } from './plan-acknowledgment.ts';
import { action, goal, need, plan } from './plan.ts';
import { acknowledgment, request } from './request.ts';
import { healthRisk, risk, socialRisk } from './risk.ts';
import { membership } from './team.ts';
import { visit } from './visit.ts';

/** Every kind of record the program knows, with its groups. */
export const recordKinds = {
  client,
  contact: contactRecord,
  representative,
  plan,
  need,
  goal,
  action,
  rating,
  'dissenting-view': dissentingView,
  'plan-meeting': planMeeting,
  contingency,
  'family-member': familyMember,
  diagnosis,
  medication,
  risk,
  'health-risk': healthRisk,
  'social-risk': socialRisk,
  membership,
  note,
  visit,
  request,
  acknowledgment,
  'plan-acknowledgment': planAcknowledgment,
  'joint-service': jointService,
  permission,
  consent,
  prohibition,
  'guardian-prohibition': guardianProhibition,
};

export type RecordKind = keyof typeof recordKinds;
export type GroupName<K extends RecordKind> = keyof (typeof recordKinds)[K]['groups'] & string;
export type GroupValue<
  K extends RecordKind,
  G extends GroupName<K>,
> = (typeof recordKinds)[K]['groups'][G] extends { readonly schema: infer S extends z.ZodType }
  ? z.infer<S>
  : never;

/** The group that says whether a record stands or is removed; every kind has it. See SPEC, removal. */
export const existenceGroup = 'existence';

export const kindDefinition = (kind: string): KindDefinition | undefined =>
  Object.hasOwn(recordKinds, kind) ? recordKinds[kind as RecordKind] : undefined;

export const groupDefinition = (kind: string, group: string): GroupDefinition | undefined => {
  const groups = kindDefinition(kind)?.groups;
  return groups && Object.hasOwn(groups, group) ? groups[group] : undefined;
};

/** A group this program does not know waits for a person rather than merging by a guess. */
export const policyOf = (kind: string, group: string): MergePolicy =>
  groupDefinition(kind, group)?.policy ?? 'decide';
