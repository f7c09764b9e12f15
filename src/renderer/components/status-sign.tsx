import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  actionStatuses,
  goalAchievements,
  goalLifecycles,
  needStatuses,
} from '#shared/domain/records/plan.ts';
import { assertNever } from '#shared/lib/assert-never.ts';

export type NeedStatus = (typeof needStatuses)[number];
export type GoalLifecycle = (typeof goalLifecycles)[number];
export type GoalAchievement = (typeof goalAchievements)[number];
export type ActionStatus = (typeof actionStatuses)[number];

/** The drawn part: how far a thing has come, told by shape. */
type Shape = 'dashed' | 'ring' | 'half' | 'paused' | 'tick' | 'cross' | 'dash';

const drawings: Readonly<Record<Shape, ReactNode>> = {
  dashed: <circle cx="6" cy="6" r="4.6" strokeDasharray="2.2 1.8" />,
  ring: <circle cx="6" cy="6" r="4.6" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" stroke="none" />
    </>
  ),
  paused: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path d="M4.8 4.2v3.6M7.2 4.2v3.6" />
    </>
  ),
  tick: (
    <>
      <circle cx="6" cy="6" r="5.3" fill="currentColor" stroke="none" />
      <path d="m3.5 6.2 1.8 1.8 3.3-3.8" stroke="var(--surface)" />
    </>
  ),
  cross: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path d="m4.2 4.2 3.6 3.6M7.8 4.2 4.2 7.8" />
    </>
  ),
  dash: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path d="M3.8 6h4.4" />
    </>
  ),
};

const needShape = (status: NeedStatus): Shape => {
  switch (status) {
    case 'open':
      return 'ring';
    case 'in-progress':
      return 'half';
    case 'resolved':
      return 'tick';
    case 'no-longer-relevant':
      return 'dash';
    default:
      return assertNever(status);
  }
};

const lifecycleShape = (status: GoalLifecycle): Shape => {
  switch (status) {
    case 'proposed':
      return 'dashed';
    case 'agreed':
      return 'ring';
    case 'active':
      return 'half';
    case 'on-hold':
      return 'paused';
    case 'ended':
      return 'dash';
    case 'cancelled':
      return 'cross';
    default:
      return assertNever(status);
  }
};

const actionShape = (status: ActionStatus): Shape => {
  switch (status) {
    case 'proposed':
      return 'dashed';
    case 'agreed':
      return 'ring';
    case 'in-progress':
      return 'half';
    case 'done':
      return 'tick';
    case 'not-done':
      return 'cross';
    default:
      return assertNever(status);
  }
};

export type StatusSignProps =
  | { readonly of: 'need'; readonly status: NeedStatus }
  | { readonly of: 'goal'; readonly status: GoalLifecycle }
  | { readonly of: 'achievement'; readonly status: 'achieved' | 'not-achieved' | 'not-assessed' }
  | { readonly of: 'action'; readonly status: ActionStatus };

const shapeOf = (props: StatusSignProps): Shape => {
  switch (props.of) {
    case 'need':
      return needShape(props.status);
    case 'goal':
      return lifecycleShape(props.status);
    case 'achievement':
      if (props.status === 'not-assessed') return 'dashed';
      return props.status === 'achieved' ? 'tick' : 'cross';
    case 'action':
      return actionShape(props.status);
    default:
      return assertNever(props);
  }
};

/** Spelled out, so that a search for a word's key finds where it is used. */
const statusKeys = {
  need: {
    open: 'needStatus.open',
    'in-progress': 'needStatus.in-progress',
    resolved: 'needStatus.resolved',
    'no-longer-relevant': 'needStatus.no-longer-relevant',
  },
  goal: {
    proposed: 'goalLifecycle.proposed',
    agreed: 'goalLifecycle.agreed',
    active: 'goalLifecycle.active',
    'on-hold': 'goalLifecycle.on-hold',
    ended: 'goalLifecycle.ended',
    cancelled: 'goalLifecycle.cancelled',
  },
  achievement: {
    'not-assessed': 'achievement.not-assessed',
    achieved: 'achievement.achieved',
    'not-achieved': 'achievement.not-achieved',
  },
  action: {
    proposed: 'actionStatus.proposed',
    agreed: 'actionStatus.agreed',
    'in-progress': 'actionStatus.in-progress',
    done: 'actionStatus.done',
    'not-done': 'actionStatus.not-done',
  },
} as const;

const wordKeyOf = (props: StatusSignProps) => {
  switch (props.of) {
    case 'need':
      return statusKeys.need[props.status];
    case 'goal':
      return statusKeys.goal[props.status];
    case 'achievement':
      return statusKeys.achievement[props.status];
    case 'action':
      return statusKeys.action[props.status];
    default:
      return assertNever(props);
  }
};

/** Sign and word. The sign is drawn by shape alone, so it reads without colour. */
export const StatusSign = (props: StatusSignProps) => {
  const { t } = useTranslation('records');
  return (
    <span className="status-sign">
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
        focusable="false"
      >
        {drawings[shapeOf(props)]}
      </svg>
      {t(wordKeyOf(props))}
    </span>
  );
};
