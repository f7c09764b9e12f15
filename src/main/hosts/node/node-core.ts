import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import program from '../../../../package.json' with { type: 'json' };
import { makeFolderDurably } from '#main/db/file/durable-file.ts';
import type { Argon2Parameters } from '#main/db/file/key-wrap.ts';
import type { CoreHandle } from '#main/core/core-handle.ts';
import { createCore } from '#main/core/create-core.ts';
import { httpRegionClient } from '#main/core/syncing/http-region-client.ts';

export type NodeCoreOptions = {
  /** Where the case files of this computer lie; made if it is not there. */
  readonly dataFolder: string;
  /** The region's server, e.g. `https://punos.example.fi`. */
  readonly regionUrl: string;
  /** From the operating system's key chain, where the host has one. */
  readonly keyChainSecret?: Uint8Array | null;
  readonly deviceName?: string;
  /** Opens an address in the system's browser; without it the window does so itself. */
  readonly openBrowser?: (url: string) => Promise<boolean>;
  /** Cheaper stretching of secrets, for tests and benchmarks. */
  readonly argon2?: Argon2Parameters;
  /** The wall clock, for tests of clocks. */
  readonly now?: () => number;
};

/** The core in plain Node: what tests, tools, the loopback host and Electron's core process run. */
export const startNodeCore = (options: NodeCoreOptions): CoreHandle => {
  makeFolderDurably(options.dataFolder);
  return createCore({
    dataFolder: options.dataFolder,
    regionUrl: options.regionUrl,
    programVersion: program.version,
    region: httpRegionClient(options.regionUrl),
    deviceName: options.deviceName ?? hostname(),
    keyChainSecret: options.keyChainSecret ?? null,
    openBrowser: options.openBrowser ?? null,
    now: options.now ?? Date.now,
    randomBytes: (length) => randomBytes(length),
    ...(options.argon2 === undefined ? {} : { argon2: options.argon2 }),
  });
};
