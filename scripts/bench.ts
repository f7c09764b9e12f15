import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { resultFile } from '../bench/report.ts';
import { installPeers } from '../bench/peers/install-peers.ts';
import { fewestRounds, runBenchmarks, usualRecords, usualRounds } from '../bench/run.ts';
import { workNames, type WorkName } from '../bench/works.ts';

/** `npm run bench -- [W1] [W2] … [--records N] [--rounds N] [--peers]`: measures, prints, writes to bench/results. */

const usage = `Usage: npm run bench -- [${workNames.join('] [')}] [--records N] [--rounds N] [--peers]`;

const isWork = (name: string): name is WorkName => workNames.some((work) => work === name);

/** A whole number from 1, or null. */
const countOf = (text: string | undefined, usual: number): number | null => {
  const count = text === undefined ? usual : Number(text);
  return Number.isSafeInteger(count) && count >= 1 ? count : null;
};

const main = async (): Promise<number> => {
  let asked;
  try {
    asked = parseArgs({
      allowPositionals: true,
      options: {
        records: { type: 'string' },
        rounds: { type: 'string' },
        peers: { type: 'boolean' },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const works = asked.positionals.map(
    (name) => workNames.find((work) => work.toLowerCase() === name.toLowerCase()) ?? name,
  );
  const records = countOf(asked.values.records, usualRecords);
  const rounds = countOf(asked.values.rounds, usualRounds);
  if (!works.every(isWork) || records === null || rounds === null) {
    console.error(usage);
    return 2;
  }
  const obstacle = asked.values.peers === true ? await installPeers() : 'not asked for (--peers)';
  if (obstacle !== null) console.error(`Without the peers: ${obstacle}`);
  const startedAt = new Date();
  const text = await runBenchmarks(
    { works: works.length === 0 ? workNames : works, records, rounds, peers: obstacle === null },
    (line) => console.error(line),
  );
  console.log(`\n${text}\n`);
  const whole = works.length === 0 && records >= usualRecords && rounds >= fewestRounds;
  if (whole) {
    const file = resultFile(path.join(import.meta.dirname, '../bench/results'), startedAt);
    fs.writeFileSync(file, `${text}\n`);
    console.error(`Written to ${path.relative(process.cwd(), file)}`);
  } else {
    console.error(
      'Not written to bench/results: only a whole run of at least the usual size and three rounds is.',
    );
  }
  return 0;
};

process.exitCode = await main();
