import path from 'node:path';
import { regionDataFolder } from '#server/db/data-folder.ts';
import { demoAccounts } from '#server/demo/accounts.ts';
import type { RunningRegion } from '#server/run-region.ts';
import { startDemoRegion } from './launch/demo-region.ts';
import { startDesk } from './launch/desk.ts';
import { findElectron, startElectron } from './launch/electron-runtime.ts';
import { openProgram } from './launch/open-program.ts';
import { say, untilAsked } from './launch/report.ts';
import { ensureWindow } from './launch/window-build.ts';

/**
 * `npm start`: the demo region and one workstation, in Electron where its runtime can be had, otherwise
 * in a browser, until Ctrl-C. What was written stays for the next time.
 */
const deskPort = 47_810;

type OpenProgram = { readonly ended: Promise<void>; readonly stop: () => Promise<void> };

const never = new Promise<void>(() => {});

const openDesk = async (region: RunningRegion, dataFolder: string): Promise<OpenProgram> => {
  const runtime = await findElectron();
  const electron =
    runtime === null ? null : await startElectron(runtime, { regionUrl: region.url, dataFolder });
  if (electron !== null) {
    say('Punos: opened in Electron.');
    return {
      ended: electron.ended,
      stop: async () => {
        electron.close();
        await electron.ended;
      },
    };
  }
  await ensureWindow();
  const desk = await startDesk({ dataFolder, regionUrl: region.url, port: deskPort });
  const close = openProgram('Punos', desk.url);
  return {
    ended: never,
    stop: async () => {
      close();
      await desk.stop();
    },
  };
};

const main = async (): Promise<number> => {
  const asked = untilAsked();
  const folder = path.join(path.dirname(regionDataFolder()), 'demo');
  const region = await startDemoRegion(path.join(folder, 'region'));
  if (!region.ok) {
    say(region.error);
    return 1;
  }
  try {
    const program = await openDesk(region.value, path.join(folder, 'desk'));
    const [kaisa, ville] = demoAccounts;
    say('');
    say(`Sign in as ${kaisa?.login} or ${ville?.login}; the secret is ${kaisa?.secret}`);
    say('Ctrl-C ends the program and the region. What you wrote stays.');
    await Promise.race([asked, program.ended, region.value.lost]);
    say('\nEnding …');
    await program.stop();
  } finally {
    await region.value.stop();
  }
  return 0;
};

process.exitCode = await main();
