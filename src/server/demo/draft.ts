import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PermissionKind } from '#shared/domain/records/permission.ts';
import type { GroupName, GroupValue, RecordKind } from '#shared/domain/records/kinds.ts';
import type { RiskKind } from '#shared/domain/records/risk.ts';
import type { DayNumber } from './days.ts';
import type { StaffMember } from './directory.ts';
import type { FamilyDraft } from './family.ts';
import type { PlanPartDraft } from './plan-parts.ts';

type Value<K extends RecordKind, G extends GroupName<K>> = GroupValue<K, G>;

/** A group as it stands, and for some what stood there before. */
export type WithHistory<T> = { readonly now: T; readonly before?: T };

export type ActionDraft = {
  readonly author: StaffMember;
  readonly content: Value<'action', 'content'>;
  readonly schedule: Value<'action', 'schedule'>;
  readonly responsibility: WithHistory<Value<'action', 'responsibility'>>;
  readonly provider: Value<'action', 'provider'>;
  readonly status: WithHistory<Value<'action', 'status'>>;
  readonly service?: Value<'action', 'service'>;
};

export type GoalDraft = {
  readonly author: StaffMember;
  readonly statement: WithHistory<Value<'goal', 'statement'>>;
  readonly target: WithHistory<Value<'goal', 'target'>>;
  readonly lifecycle: Value<'goal', 'lifecycle'>;
  readonly achievement: WithHistory<Value<'goal', 'achievement'>>;
  readonly actions: readonly ActionDraft[];
  readonly scale?: Value<'goal', 'scale'>;
  readonly ratings?: readonly RatingDraft[];
};

export type RatingDraft = {
  readonly author: StaffMember;
  readonly day: DayNumber;
  readonly value: Pick<Value<'rating', 'rating'>, 'level' | 'view' | 'date' | 'comment'>;
};

export type NeedDraft = {
  readonly author: StaffMember;
  readonly heading: Value<'need', 'heading'>;
  readonly words: string;
  readonly assessment: WithHistory<string>;
  readonly status: Value<'need', 'status'>;
  readonly goals: readonly GoalDraft[];
};

export type MembershipDraft = {
  readonly member: StaffMember;
  readonly role: Value<'membership', 'grant'>['role'];
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
  readonly ground: string;
};

export type NoteDraft = {
  readonly author: StaffMember;
  readonly compartment: string;
  readonly kind: Value<'note', 'entry'>['kind'];
  readonly text: string;
  readonly day: DayNumber;
  /** Minutes from midnight of the wall clock. */
  readonly minutes: number;
};

/** What somebody of the team is asked for at a place of the plan, and the answer. */
export type RequestDraft = {
  readonly asker: StaffMember;
  readonly kind: Value<'request', 'question'>['kind'];
  /** Null: anybody of the profession. */
  readonly asked: StaffMember | null;
  readonly profession: string | null;
  /** By their numbers in the plan; null for the plan as a whole. */
  readonly at: { readonly need: number; readonly goal: number | null } | null;
  readonly text: string;
  readonly due: CivilDate | null;
  readonly day: DayNumber;
  readonly minutes: number;
  readonly answer: {
    readonly by: StaffMember;
    readonly state: Value<'request', 'answer'>['state'];
    readonly text: string;
    readonly day: DayNumber;
    readonly minutes: number;
  } | null;
  /** Whether the asker has said to have read the answer. */
  readonly acknowledged: boolean;
};

/** A visit at the client's home; rows of the plan by their numbers. */
export type VisitDraft = {
  readonly author: StaffMember;
  readonly compartment: string;
  readonly day: DayNumber;
  /** When it began, minutes from midnight of the wall clock. */
  readonly minutes: number;
  readonly lasted: number;
  /** `whyNot` is empty for what was done. */
  readonly tasks: readonly {
    readonly at: { readonly need: number; readonly goal: number; readonly action: number };
    readonly whyNot: string;
  }[];
  readonly goals: readonly {
    readonly at: { readonly need: number; readonly goal: number };
    readonly trend: Value<'visit', 'report'>['goals'][number]['trend'];
  }[];
  readonly medication: string;
  readonly observation: string;
};

/** A permission, consent, prohibition or joint service, with the value of its only group. */
export type PermissionDraft = {
  [K in PermissionKind]: { readonly kind: K; readonly scope: Value<K, 'scope'> };
}[PermissionKind];

/** A row of several groups, before it becomes changes: a diagnosis, a medicine that is followed, or a risk. */
export type RowDraft = {
  readonly author: StaffMember;
  readonly kind: 'diagnosis' | 'medication' | RiskKind;
  readonly compartment: string;
  readonly day: DayNumber;
  readonly groups: readonly {
    readonly group: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
};

/** Somebody who has acknowledged the plan as it stood then. */
export type ReaderDraft = {
  readonly reader: StaffMember;
  readonly day: DayNumber;
  readonly minutes: number;
};

/** One client with everything written about him or her, before it becomes changes. */
export type ClientDraft = {
  readonly caseId: Id;
  readonly startDay: DayNumber;
  readonly custodian: StaffMember;
  readonly identity: Value<'client', 'identity'>;
  readonly language: Value<'client', 'language'>;
  readonly contact: WithHistory<Value<'contact', 'contact'>>;
  readonly restraintOnDisclosure: boolean;
  readonly unitId: Id | null;
  readonly representative: Value<'representative', 'details'> | null;
  readonly plan: {
    readonly whatMatters: string;
    readonly situation: WithHistory<string>;
    readonly strengths: string;
    readonly review: WithHistory<CivilDate | null>;
    readonly course: Value<'plan', 'course'>;
  };
  /** What the plan says besides its tree. */
  readonly parts: readonly PlanPartDraft[];
  readonly memberships: readonly MembershipDraft[];
  readonly family: FamilyDraft;
  readonly needs: readonly NeedDraft[];
  readonly notes: readonly NoteDraft[];
  readonly permissions: readonly PermissionDraft[];
  readonly requests: readonly RequestDraft[];
  readonly visits: readonly VisitDraft[];
  readonly followed: readonly RowDraft[];
  readonly risks: readonly RowDraft[];
  readonly readers: readonly ReaderDraft[];
};
