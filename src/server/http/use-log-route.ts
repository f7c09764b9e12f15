import { useLogRequest, useLogResponse } from '#shared/protocol/use-log.ts';
import { limits } from '#shared/protocol/version.ts';
import type { RegionContext } from '../region/context.ts';
import { findDeviceKey } from '../region/identity/devices.ts';
import { takeInUseLog } from '../region/use-log/take-in.ts';
import { sessionOf } from './authentication.ts';
import { HttpProblem } from './problem.ts';
import type { RegionApp } from './region-app.ts';
import { checkVersion } from './sync-routes.ts';

/** What a device has noted of its use: `POST /v1/use-log`. */
export const useLogRoute = (app: RegionApp, context: RegionContext): void => {
  app.post(
    '/v1/use-log',
    {
      config: { lane: () => 'interactive' },
      bodyLimit: 4 * limits.pushBytes,
      schema: { body: useLogRequest, response: { 200: useLogResponse } },
    },
    async (request) => {
      checkVersion(request.body.protocol);
      const session = sessionOf(request);
      const publicKey = await findDeviceKey(context.db, session.deviceId);
      if (publicKey === null) throw new HttpProblem('signed-out');
      const taken = await takeInUseLog(context, { ...session, publicKey }, request.body);
      if (taken.ok) return taken.value;
      const { code, ...details } = taken.error;
      throw new HttpProblem(code, details);
    },
  );
};
