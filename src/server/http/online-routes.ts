import {
  onlineCallNames,
  onlineCalls,
  type OnlineCallName,
} from '#shared/protocol/online/online-calls.ts';
import type { RegionContext } from '../region/context.ts';
import { findPerson } from '../region/directory.ts';
import { onlineHandlers } from '../region/online/handlers.ts';
import type { Asker } from '../region/online/online-handlers.ts';
import { sessionOf } from './authentication.ts';
import { HttpProblem } from './problem.ts';
import type { RegionApp } from './region-app.ts';

/** The online calls: `POST /v1/ask/<name>`. The duty that a call belongs to is asked for here, once. */
export const onlineRoutes = (app: RegionApp, context: RegionContext): void => {
  for (const name of onlineCallNames) onlineRoute(app, context, name);
};

const onlineRoute = <N extends OnlineCallName>(
  app: RegionApp,
  context: RegionContext,
  name: N,
): void => {
  const { input, output, duties } = onlineCalls[name];
  const handle = onlineHandlers[name];
  app.post(
    `/v1/ask/${name}`,
    { bodyLimit: 1_048_576, schema: { body: input, response: { 200: output } } },
    async (request) => {
      const session = sessionOf(request);
      const person = await findPerson(context.db, session.personId);
      if (person === null) throw new HttpProblem('signed-out');
      if (duties !== null && !duties.some((duty) => person.duties.includes(duty))) {
        throw new HttpProblem('no-access');
      }
      const asker: Asker = { ...context, session, person };
      const answer = await handle(asker, request.body as Parameters<typeof handle>[1]);
      if (answer.ok) return answer.value;
      const { code, ...details } = answer.error;
      throw new HttpProblem(code, details);
    },
  );
};
