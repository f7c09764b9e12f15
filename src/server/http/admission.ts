import type { FastifyBaseLogger, RouteHandlerMethod } from 'fastify';
import { TooBusy } from './problem.ts';
import type { RegionApp } from './region-app.ts';

/**
 * How a region takes a herd (SPEC F1–F3): so many requests at work at once that they never hold all
 * connections of the database, a line of bounded length before them, people's work before bulk. Per process.
 */
export type Lane =
  /** Somebody waits for it: sending, fetching what is new, asking. */
  | 'interactive'
  /** Beginning anew and the pages after it: large, and many at once after a restart. */
  | 'bulk';

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what merges
  interface FastifyContextConfig {
    /** Which line the request waits in, by its body; without it the route is served at once. */
    readonly lane?: (body: unknown) => Lane;
  }
}

export type AdmissionLimits = {
  /** At work at once, of both lanes. */
  readonly places: number;
  /** Of those, at most so many bulk. */
  readonly bulkPlaces: number;
  readonly longestLine: Readonly<Record<Lane, number>>;
  /** Whoever has waited so long is asked to come again: a device hears of it before it gives up by itself. */
  readonly longestWaitMs: number;
};

/**
 * Of a pool's connections some stay free for what stands in no lane: sessions, news, the log's sealing and
 * the journal.
 */
export const limitsFor = (connections: number): AdmissionLimits => {
  const places = Math.max(2, connections - 4);
  return {
    places,
    bulkPlaces: Math.max(1, Math.floor(places / 3)),
    longestLine: { interactive: 50 * places, bulk: 20 * places },
    longestWaitMs: 20_000,
  };
};

export type Load = {
  readonly working: Readonly<Record<Lane, number>>;
  readonly waiting: Readonly<Record<Lane, number>>;
  /** Turned away since the beginning. */
  readonly turnedAway: Readonly<Record<Lane, number>>;
};

export type Admission = {
  /** Does the work in its turn, or throws `TooBusy`. */
  readonly run: <T>(lane: Lane, work: () => Promise<T>) => Promise<T>;
  readonly load: () => Load;
};

/** Bulk that waits gets a place after at most so many of the others, however many come. */
const mostBeforeBulk = 8;

/** When those turned away may come again, in seconds: spread, so that they do not come together. */
const comeAgain: Readonly<Record<Lane, readonly [number, number]>> = {
  interactive: [1, 6],
  bulk: [5, 30],
};

export const createAdmission = (limits: AdmissionLimits, random: () => number): Admission => {
  const working = { interactive: 0, bulk: 0 };
  const turnedAway = { interactive: 0, bulk: 0 };
  const line: Record<Lane, Set<() => void>> = { interactive: new Set(), bulk: new Set() };
  let sinceBulk = 0;

  const isFree = (lane: Lane): boolean =>
    working.interactive + working.bulk < limits.places &&
    (lane === 'interactive' || working.bulk < limits.bulkPlaces);

  const turnAway = (lane: Lane): TooBusy => {
    turnedAway[lane] += 1;
    const [from, to] = comeAgain[lane];
    return new TooBusy(Math.ceil(from + random() * (to - from)));
  };

  const begin = (lane: Lane): void => {
    working[lane] += 1;
    sinceBulk = lane === 'bulk' ? 0 : sinceBulk + 1;
  };

  /** Lets in whoever may work now: people first, but never bulk last for ever. */
  const admit = (): void => {
    for (;;) {
      const bulkIsDue = line.bulk.size > 0 && sinceBulk >= mostBeforeBulk && isFree('bulk');
      const lane =
        line.interactive.size > 0 && !bulkIsDue && isFree('interactive') ? 'interactive' : 'bulk';
      const [next] = line[lane];
      if (!next || !isFree(lane)) return;
      line[lane].delete(next);
      begin(lane);
      next();
    }
  };

  const place = async (lane: Lane): Promise<void> => {
    if (line[lane].size === 0 && isFree(lane)) return begin(lane);
    if (line[lane].size >= limits.longestLine[lane]) throw turnAway(lane);
    await new Promise<void>((resolve, reject) => {
      const come = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line[lane].delete(come);
        reject(turnAway(lane));
      }, limits.longestWaitMs);
      line[lane].add(come);
      admit();
    });
  };

  return {
    run: async (lane, work) => {
      await place(lane);
      try {
        return await work();
      } finally {
        working[lane] -= 1;
        admit();
      }
    },
    load: () => ({
      working: { ...working },
      waiting: { interactive: line.interactive.size, bulk: line.bulk.size },
      turnedAway: { ...turnedAway },
    }),
  };
};

/** Every route that names a lane is served in its turn. Before the routes are made. */
export const serveInLanes = (app: RegionApp, admission: Admission): void => {
  app.addHook('onRoute', (route) => {
    const lane = route.config?.lane;
    if (!lane) return;
    const { handler } = route;
    const inTurn: RouteHandlerMethod = function inTurn(request, reply) {
      return admission.run(lane(request.body), async () => handler.call(this, request, reply));
    };
    route.handler = inTurn;
  });
};

const tellEveryMs = 60_000;

/** While somebody is turned away, one line a minute says how full it is; numbers alone. @returns how to stop */
export const tellLoad = (
  { load }: Admission,
  log: FastifyBaseLogger,
  everyMs = tellEveryMs,
): (() => void) => {
  let told = 0;
  const timer = setInterval(() => {
    const now = load();
    const turnedAway = now.turnedAway.interactive + now.turnedAway.bulk;
    if (turnedAway === told) return;
    told = turnedAway;
    log.warn({ ...now }, 'requests were asked to come again');
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};
