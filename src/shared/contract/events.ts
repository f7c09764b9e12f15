import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { presentPerson } from '#shared/protocol/live.ts';
import { sessionState, syncStatus } from './views.ts';

/** Everything the core tells the window without being asked. */
export const events = {
  /** Something of these clients changed; an empty list means that the list of clients itself may have. */
  'clients.changed': z.object({ caseIds: z.array(idSchema) }),
  'sync.status': syncStatus,
  'session.changed': sessionState,
  'directory.changed': z.object({}),
  /** Who else has the plan open now: the whole list (SPEC W1, W6). */
  'here.changed': z.object({ caseId: idSchema, people: z.array(presentPerson) }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventBody<N extends EventName> = z.output<Events[N]>;

export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);
