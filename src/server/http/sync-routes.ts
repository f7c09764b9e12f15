import { z } from 'zod';
import { pullRequest, type PullRequest, type pullResponse } from '#shared/protocol/pull.ts';
import { pushRequest, pushResponse } from '#shared/protocol/push.ts';
import { limits, oldestServedVersion, protocolVersion } from '#shared/protocol/version.ts';
import type { RegionContext } from '../region/context.ts';
import { findDeviceKey } from '../region/identity/devices.ts';
import { isEntering } from '../region/syncing/cursor.ts';
import { noteSetAside } from '../region/syncing/note-set-aside.ts';
import { pullPage } from '../region/syncing/pull-page.ts';
import { pushChanges } from '../region/syncing/push-changes.ts';
import { readRegionState } from '../region/region-state.ts';
import type { Lane } from './admission.ts';
import { sessionOf } from './authentication.ts';
import { HttpProblem } from './problem.ts';
import type { RegionApp } from './region-app.ts';

/** The message around the batch; a little more than the changes themselves may take. */
const envelopeBytes = 65_536;

/** Refuses a program that speaks a wire this server does not serve. */
export const checkVersion = (protocol: number): void => {
  if (protocol < oldestServedVersion || protocol > protocolVersion) {
    throw new HttpProblem('version-not-served');
  }
};

/** A device that begins, or whose last page said that clients still enter, waits behind people's work (F1). */
const laneOfPull = ({ cursor }: PullRequest): Lane =>
  cursor === null || isEntering(cursor) ? 'bulk' : 'interactive';

/** Push and pull (SPEC U and L). */
export const syncRoutes = (app: RegionApp, context: RegionContext): void => {
  app.post(
    '/v1/push',
    {
      config: { anyText: true, compressed: true, lane: () => 'interactive' },
      bodyLimit: limits.pushBytes + envelopeBytes,
      schema: { body: pushRequest, response: { 200: pushResponse } },
    },
    async (request) => {
      checkVersion(request.body.protocol);
      const session = sessionOf(request);
      const publicKey = await findDeviceKey(context.db, session.deviceId);
      if (publicKey === null) throw new HttpProblem('signed-out');
      const { db, now, random } = context;
      const pushed = await pushChanges(
        { db, nowMs: now().getTime(), random },
        { ...session, publicKey },
        request.body.changes,
        request.body.step,
      );
      if (!pushed.ok) throw new HttpProblem(pushed.error);
      const { epoch, highWater } = await readRegionState(db);
      return { epoch, highWater, receipts: [...pushed.value] };
    },
  );

  app.post(
    '/v1/pull',
    {
      config: { compressed: true, lane: (body) => laneOfPull(body as PullRequest) },
      bodyLimit: 4 * limits.pushBytes,
      // The page was built from rows already checked when they were stored: it is written as it is.
      schema: { body: pullRequest, response: { 200: z.custom<z.input<typeof pullResponse>>() } },
    },
    async (request) => {
      checkVersion(request.body.protocol);
      const { db, now, random } = context;
      const session = sessionOf(request);
      const page = await pullPage({ db, nowMs: now().getTime(), random }, session, request.body);
      if (!page.ok) throw new HttpProblem(page.error);
      const { setAside } = request.body;
      if (setAside && (await noteSetAside(db, session.deviceId, setAside)) && setAside.length > 0) {
        const codes = [...new Set(setAside.map(({ code }) => code))];
        request.log.warn(
          { deviceId: session.deviceId, count: setAside.length, codes },
          'changes are set aside on a device',
        );
      }
      return page.value;
    },
  );
};
