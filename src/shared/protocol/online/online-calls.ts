import type { z } from 'zod';
import { absenceCalls } from './absences.ts';
import { administrationCalls } from './administration.ts';
import { deviceOnlineCalls } from './devices.ts';
import { historyCalls } from './history.ts';
import { openingCalls } from './openings.ts';
import { reviewCalls } from './reviews.ts';
import { useLogCalls } from './use-log.ts';

/** Everything that a signed-in window may ask of the region beside sync: `POST /v1/ask/<name>`. */
export const onlineCalls = {
  ...openingCalls,
  ...reviewCalls,
  ...absenceCalls,
  ...deviceOnlineCalls,
  ...historyCalls,
  ...useLogCalls,
  ...administrationCalls,
} as const;

export type OnlineCalls = typeof onlineCalls;
export type OnlineCallName = keyof OnlineCalls;
export type OnlineInput<N extends OnlineCallName> = z.output<OnlineCalls[N]['input']>;
export type OnlineOutput<N extends OnlineCallName> = z.output<OnlineCalls[N]['output']>;

export const onlineCallNames = Object.keys(onlineCalls) as readonly OnlineCallName[];
