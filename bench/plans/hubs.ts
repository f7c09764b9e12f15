import fs from 'node:fs';
import path from 'node:path';
import { startHub, type Hub } from '../hub.ts';
import type { PlanWorld } from './plan-work.ts';
import { hubOf, type HubKind, type ReplicaArm } from './replica.ts';

const programs: Readonly<Record<HubKind, string>> = {
  frames: 'plans/frames-hub.ts',
  region: 'region/region-hub.ts',
  rxdb: 'peers/rxdb-hub.ts',
  pouchdb: 'peers/pouchdb-hub.ts',
};

/** Processor time of a server, in milliseconds; its database apart, null where nobody can tell. */
export type ServerCost = { readonly node: number; readonly database: number | null };

export type RunningHub = Pick<Hub, 'url' | 'ask'> & {
  /** A new world for so many devices. @returns what its replicas must be told */
  readonly prepare: (world: PlanWorld, devices: number) => Promise<unknown>;
  readonly cost: () => Promise<ServerCost>;
};

export type Hubs = {
  readonly of: (arm: ReplicaArm) => Promise<RunningHub>;
  readonly region: () => Promise<RunningHub>;
  readonly stop: () => Promise<void>;
};

/** Hubs that start when the first arm asks for them and serve every round. */
export const openHubs = (folder: string): Hubs => {
  const running = new Map<HubKind, Hub>();
  const start = async (kind: HubKind): Promise<RunningHub> => {
    const place = path.join(folder, `hub-${kind}`);
    let hub = running.get(kind);
    if (!hub) {
      fs.mkdirSync(place, { recursive: true });
      hub = await startHub(path.join(import.meta.dirname, '..', programs[kind]), { folder: place });
      running.set(kind, hub);
    }
    const { url, ask } = hub;
    return {
      url,
      ask,
      prepare: (world, devices) => ask('prepare', { ...world, devices }),
      cost: async () => {
        const cost = await ask('cpu');
        return typeof cost === 'number' ? { node: cost, database: 0 } : (cost as ServerCost);
      },
    };
  };
  return {
    of: (arm) => start(hubOf(arm)),
    region: () => start('region'),
    stop: async () => {
      for (const hub of running.values()) await hub.stop();
    },
  };
};

export const costBetween = (before: ServerCost, after: ServerCost): ServerCost => ({
  node: after.node - before.node,
  database:
    before.database === null || after.database === null ? null : after.database - before.database,
});
