import type { Result } from '#shared/lib/result.ts';
import {
  onlineCallNames,
  onlineCalls,
  type OnlineCallName,
  type OnlineInput,
  type OnlineOutput,
} from '#shared/protocol/online/online-calls.ts';
import type { RegionContext } from '../region/context.ts';
import { findPerson } from '../region/directory.ts';
import { onlineHandlers } from '../region/online/handlers.ts';
import type { Asker, OnlineRefusal } from '../region/online/online-handlers.ts';
import type { Lane } from './admission.ts';
import { sessionOf } from './authentication.ts';
import { HttpProblem } from './problem.ts';
import type { RegionApp } from './region-app.ts';

/** The online calls: `POST /v1/ask/<name>`. The duty that a call belongs to is asked for here, once. */
export const onlineRoutes = (app: RegionApp, context: RegionContext): void => {
  for (const name of onlineCallNames) onlineRoute(app, context, name);
};

/** History that is fetched to lie on a device is nobody's waiting (SPEC Y4, F1). */
const laneOf = (name: OnlineCallName, body: unknown): Lane =>
  name === 'history.client' && (body as OnlineInput<'history.client'>).purpose === 'keep'
    ? 'bulk'
    : 'interactive';

const onlineRoute = (app: RegionApp, context: RegionContext, name: OnlineCallName): void => {
  const { input, output, duties } = onlineCalls[name];
  // The body has been read by this call's own schema.
  const handle: (
    asker: Asker,
    input: never,
  ) => Promise<Result<OnlineOutput<OnlineCallName>, OnlineRefusal>> = onlineHandlers[name];
  app.post(
    `/v1/ask/${name}`,
    {
      config: { lane: (body) => laneOf(name, body) },
      bodyLimit: 1_048_576,
      schema: { body: input, response: { 200: output } },
    },
    async (request) => {
      const session = sessionOf(request);
      const person = await findPerson(context.db, session.personId);
      if (person === null) throw new HttpProblem('signed-out');
      if (duties !== null && !duties.some((duty) => person.duties.includes(duty))) {
        throw new HttpProblem('no-access');
      }
      const asker: Asker = { ...context, session, person };
      const answer = await handle(asker, request.body as never);
      if (answer.ok) return answer.value;
      const { code, ...details } = answer.error;
      throw new HttpProblem(code, details);
    },
  );
};
