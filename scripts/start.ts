import path from 'node:path';
import { regionDataFolder } from '#server/db/data-folder.ts';
import { demoAccounts } from '#server/demo/accounts.ts';
import { startDemoRegion } from './launch/demo-region.ts';
import { startDesk } from './launch/desk.ts';
import { openProgram } from './launch/open-program.ts';
import { say, untilAsked } from './launch/report.ts';
import { ensureWindow } from './launch/window-build.ts';

/** `npm start`: the demo region and one workstation, until Ctrl-C. What was written stays for the next time. */
const deskPort = 47_810;

const main = async (): Promise<number> => {
  const ending = untilAsked();
  await ensureWindow();
  const folder = path.join(path.dirname(regionDataFolder()), 'demo');
  const region = await startDemoRegion(path.join(folder, 'region'));
  if (!region.ok) {
    say(region.error);
    return 1;
  }
  try {
    const desk = await startDesk({
      dataFolder: path.join(folder, 'desk'),
      regionUrl: region.value.url,
      port: deskPort,
    });
    const close = openProgram('Punos', desk.url);
    const [kaisa, ville] = demoAccounts;
    say('');
    say(`Sign in as ${kaisa?.login} or ${ville?.login}; the secret is ${kaisa?.secret}`);
    say('Ctrl-C ends the program and the region. What you wrote stays.');
    await Promise.race([ending, region.value.lost]);
    say('\nEnding …');
    close();
    await desk.stop();
  } finally {
    await region.value.stop();
  }
  return 0;
};

process.exitCode = await main();
