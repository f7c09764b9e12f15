import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { RegionContext } from '../region/context.ts';
import type { Presence } from '../region/presence/presence.ts';
import type { News } from '../region/syncing/news.ts';
import { sessionLimits, type SessionLimits } from '../region/identity/sessions.ts';
import { createAdmission, limitsFor, serveInLanes, tellLoad, type Admission } from './admission.ts';
import { authenticate } from './authentication.ts';
import { readBodies } from './bodies.ts';
import { compressAnswers } from './compress-answers.ts';
import { healthRoute } from './health-route.ts';
import { answerErrors, badBytesAnswer, HttpProblem } from './problem.ts';
import type { RegionApp } from './region-app.ts';
import { liveRoute, pingEveryMs } from './live-route.ts';
import { noProvider, type Identity } from '../region/identity/identity.ts';
import { providerRoutes } from './provider-routes.ts';
import { onlineRoutes } from './online-routes.ts';
import { syncRoutes } from './sync-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { useLogRoute } from './use-log-route.ts';

export type RegionAppOptions = RegionContext & {
  readonly log: FastifyBaseLogger;
  readonly sessionLimits?: SessionLimits;
  /** How people sign in: local accounts alone unless told otherwise. */
  readonly identity?: Identity;
  /** How often a live line and its session are looked at. */
  readonly pingEveryMs?: number;
  /** Addresses of the region's own proxies, whose word on the caller's address is taken. */
  readonly trustProxy?: readonly string[];
  /** Most requests a minute of one device; of one address without a session. Per process. */
  readonly requestsPerMinute?: { readonly device: number; readonly address: number };
  /** Who works and who waits; by the number of the database's connections unless told otherwise. */
  readonly admission?: Admission;
  /** Where news of the log come from; without it nobody is told, and devices ask by themselves. */
  readonly news?: News;
  /** Who has which plan open; without it nobody is told. */
  readonly presence?: Presence;
  /** More routes: they find the session, the limits and the error answers in place. */
  readonly routes?: (app: RegionApp) => void | Promise<void>;
};

/** The region's HTTP face, not listening yet. `close()` ends it; the database stays open. */
export const createRegionApp = async (options: RegionAppOptions): Promise<RegionApp> => {
  const perMinute = options.requestsPerMinute ?? { device: 1_200, address: 1_200 };
  const limits = options.sessionLimits ?? sessionLimits;
  const identity = options.identity ?? noProvider;
  const app: RegionApp = Fastify({
    loggerInstance: options.log,
    // Our own line below names the route, never the address with its parameters.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    trustProxy: options.trustProxy === undefined ? false : [...options.trustProxy],
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => {
      if (!socket.writable) return;
      const status =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? 431
          : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
            ? 408
            : 400;
      socket.end(badBytesAnswer(status));
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  readBodies(app);
  compressAnswers(app);
  logRequests(app);
  const admission =
    options.admission ??
    createAdmission(
      limitsFor(options.db.pool.options.max),
      () => Buffer.from(options.random(6)).readUIntBE(0, 6) / 2 ** 48,
    );
  serveInLanes(app, admission);
  const silence = tellLoad(admission, options.log);
  app.addHook('onClose', async () => silence());

  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"] } },
  });
  authenticate(app, options, limits);
  await app.register(rateLimit, {
    hook: 'onRequest',
    timeWindow: 60_000,
    cache: 50_000,
    max: (request) => (request.session === null ? perMinute.address : perMinute.device),
    keyGenerator: (request) =>
      request.session === null
        ? `address:${createHash('sha256').update(request.ip).digest('base64url')}`
        : `device:${request.session.deviceId}`,
    errorResponseBuilder: (_request, context) =>
      new HttpProblem('slow-down', { retryAfterSeconds: Math.ceil(context.ttl / 1_000) }),
  });
  await app.register(websocket, { options: { maxPayload: 4_096 } });

  await app.register(async (routes) => {
    const typed = routes.withTypeProvider<ZodTypeProvider>();
    healthRoute(typed, options);
    sessionRoutes(typed, options, { limits, identity });
    providerRoutes(typed, options, { limits, identity });
    syncRoutes(typed, options);
    onlineRoutes(typed, options);
    useLogRoute(typed, options);
    const sources = { news: options.news ?? null, presence: options.presence ?? null };
    liveRoute(typed, options, limits, sources, options.pingEveryMs ?? pingEveryMs);
    await options.routes?.(typed);
  });
  await app.ready();
  return app;
};

const logRequests = (app: RegionApp): void => {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.is404 ? null : request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });
};
