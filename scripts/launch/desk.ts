import path from 'node:path';
import { startLoopbackHost } from '#main/hosts/loopback/start-loopback-host.ts';
import { startNodeCore } from '#main/hosts/node/node-core.ts';
import { say } from './report.ts';
import { windowFolder } from './window-build.ts';

/** A workstation: its case files, its core and the address of its window. */
export type RunningDesk = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts a workstation whose window opens in a browser. Throws with a sentence when it cannot. */
export const startDesk = async (options: {
  readonly dataFolder: string;
  readonly regionUrl: string;
  readonly port: number;
}): Promise<RunningDesk> => {
  const core = startNodeCore({
    dataFolder: path.resolve(options.dataFolder),
    regionUrl: options.regionUrl,
  });
  const host = await startLoopbackHost({
    core,
    windowFolder,
    port: options.port,
    onUnexpected: (name, error) => {
      process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
    },
  });
  if (!host.ok) {
    await core.close();
    throw new Error(
      host.error.code === 'window-missing'
        ? `The built window is missing from ${host.error.folder}.`
        : `No port could be opened: ${host.error.cause}`,
    );
  }
  if (host.value.takenPort !== null) {
    say(`Port ${host.value.takenPort} is taken; the window uses ${host.value.port} instead.`);
  }
  return {
    url: host.value.url,
    stop: async () => {
      await host.value.close();
      await core.close();
    },
  };
};
