import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Step } from '#shared/protocol/step.ts';

/** A change as the simulation writes it: what the rules of synchronisation look at. */
export type Written = Pick<
  Change,
  | 'id'
  | 'recordId'
  | 'kind'
  | 'caseId'
  | 'compartment'
  | 'group'
  | 'value'
  | 'parents'
  | 'authorId'
  | 'time'
>;

/** `client compartment`: the unit of what a device may hold. */
export type Scope = string;

export const scopeOf = (change: Pick<Written, 'caseId' | 'compartment'>): Scope =>
  `${change.caseId} ${change.compartment}`;

export type Receipt =
  | { readonly changeId: Id; readonly verdict: 'stored'; readonly seq: number }
  | { readonly changeId: Id; readonly verdict: 'review' }
  | { readonly changeId: Id; readonly verdict: 'refused'; readonly code: string };

export type PullAsk = {
  readonly cursor: string | null;
  readonly awaiting: readonly Id[];
  readonly erased: readonly Scope[];
};

export type Page = {
  readonly changes: readonly Written[];
  readonly entered: readonly Scope[];
  readonly left: readonly Scope[];
  readonly receipts: readonly Receipt[];
  readonly cursor: string;
  /** How far the region's log has been given with this page. */
  readonly through: number;
  readonly more: boolean;
};

export type Request = {
  /** The device as which it was sent, its step, and the device of which this one goes on (I1, I4). */
  readonly from: Id;
  readonly step: Step;
  readonly replaces: Id | null;
} & (
  | { readonly type: 'push'; readonly changes: readonly Written[] }
  | { readonly type: 'pull'; readonly ask: PullAsk }
);

export type Reply =
  /** The step is late, or of a copy (I2). */
  | { readonly type: 'copied' }
  | { readonly type: 'push'; readonly epoch: number; readonly receipts: readonly Receipt[] }
  | { readonly type: 'pull'; readonly epoch: number; readonly page: Page | null };
