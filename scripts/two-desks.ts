import path from 'node:path';
import { regionDataFolder } from '#server/db/data-folder.ts';
import { demoAccounts } from '#server/demo/accounts.ts';
import { startDemoRegion } from './launch/demo-region.ts';
import { startDesk, type RunningDesk } from './launch/desk.ts';
import { openProgram } from './launch/open-program.ts';
import { say, untilAsked } from './launch/report.ts';
import { ensureWindow } from './launch/window-build.ts';

/** `npm run two-desks`: one region and two workstations with case files of their own, until Ctrl-C. */
const firstPort = 47_820;

const main = async (): Promise<number> => {
  const ending = untilAsked();
  await ensureWindow();
  const folder = path.join(path.dirname(regionDataFolder()), 'demo');
  const region = await startDemoRegion(path.join(folder, 'region'));
  if (!region.ok) {
    say(region.error);
    return 1;
  }
  const desks: RunningDesk[] = [];
  const windows: (() => void)[] = [];
  try {
    say('');
    for (const [index, account] of demoAccounts.slice(0, 2).entries()) {
      const desk = await startDesk({
        dataFolder: path.join(folder, `desk-${account.login}`),
        regionUrl: region.value.url,
        port: firstPort + index,
      });
      desks.push(desk);
      windows.push(openProgram(`Workstation ${index + 1}`, desk.url));
      say(`  Sign in as ${account.login}, secret ${account.secret}`);
    }
    say('\nBoth see Aune Kivimetsä. Ctrl-C ends everything; what was written stays.');
    await Promise.race([ending, region.value.lost]);
    say('\nEnding …');
  } finally {
    for (const close of windows) close();
    for (const desk of desks) await desk.stop();
    await region.value.stop();
  }
  return 0;
};

process.exitCode = await main();
