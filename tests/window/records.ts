import type { ClientView, GroupView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';

/** Builders of views for tests of what the screens read out of them. */

export const idOf = (n: number): Id =>
  `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const version = (
  n: number,
  value: VersionView['value'],
  part: Partial<VersionView> = {},
): VersionView => ({
  changeId: idOf(n),
  value,
  authorId: idOf(901),
  profession: 'social-worker',
  time: n,
  waiting: false,
  ...part,
});

export const settled = (n: number, value: VersionView['value']): GroupView => ({
  state: 'settled',
  value,
  heads: [version(n, value)],
  newer: false,
});

export const record = (
  n: number,
  kind: string,
  groups: Readonly<Record<string, GroupView | VersionView['value']>>,
  part: Partial<RecordView> = {},
): RecordView => ({
  id: idOf(n),
  kind,
  compartment: 'joint/plan',
  newer: false,
  groups: Object.fromEntries(
    Object.entries(groups).map(([group, view], index) => [
      group,
      typeof view['state'] === 'string' && 'heads' in view
        ? (view as GroupView)
        : settled(n * 100 + index, view),
    ]),
  ),
  existence: { state: 'standing' },
  existenceTouched: null,
  drafts: {},
  unseen: [],
  ...part,
});

export const need = (n: number, title: string, key: string, part: Partial<RecordView> = {}) =>
  record(n, 'need', { heading: { lifeArea: 'mobility', title }, order: { key } }, part);

export const goal = (
  n: number,
  title: string,
  needNumber: number,
  key: string,
  part: Partial<RecordView> = {},
) =>
  record(
    n,
    'goal',
    {
      statement: { title, description: '', voice: 'client' },
      belonging: { needId: idOf(needNumber) },
      order: { key },
    },
    part,
  );

export const action = (
  n: number,
  title: string,
  goalNumber: number,
  key: string,
  groups: Readonly<Record<string, VersionView['value']>> = {},
  part: Partial<RecordView> = {},
) =>
  record(
    n,
    'action',
    {
      content: { kind: 'service', title, description: '' },
      belonging: { goalId: idOf(goalNumber) },
      order: { key },
      ...groups,
    },
    part,
  );

export const viewOf = (...records: readonly RecordView[]): ClientView => ({
  caseId: idOf(1_000),
  records: [...records],
  waiting: 0,
  refused: [],
  access: { parts: [] },
  contactCovered: false,
  unread: { whole: false, places: [] },
  unseenThrough: 0,
});

export const removed = (reason = 'turha'): Pick<RecordView, 'existence'> => ({
  existence: { state: 'removed', reason },
});
