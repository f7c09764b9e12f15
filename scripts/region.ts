import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { regionDataFolder } from '#server/db/data-folder.ts';
import { findTeam } from '#server/import/import-team.ts';
import { exitCodeOf, progressLine, summaryText } from '#server/import/report.ts';
import { runImport, type ImportProgress } from '#server/import/run-import.ts';
import { openRegionDatabase, type OpenRegion } from '#server/open-region-database.ts';
import { readRegionState } from '#server/region/region-state.ts';
import type { Result } from '#shared/lib/result.ts';

/** `npm run region -- <command>`: what the region's keeper does beside the running server. */
const help = `Usage: npm run region -- <command> [options]

Commands
  import <files or folders>   take in FHIR R4: bundles, resources, .ndjson (docs/import.md)
  status                      what the region holds
  help                        this text

Options
  --data <folder>     the region's data folder, when DATABASE_URL is not set
  --demo              the demo region that npm start runs
  --team <login,…>    import: who becomes a member of every imported client's team;
                      the first keeps the plan together
  --source <name>     import: names the source where the files do not`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

type Options = {
  readonly command: string;
  readonly paths: readonly string[];
  readonly data: string;
  readonly team: readonly string[];
  readonly source: string;
};

const readOptions = (): Options | string => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        demo: { type: 'boolean', default: false },
        team: { type: 'string', default: '' },
        source: { type: 'string', default: 'fhir' },
        help: { type: 'boolean', default: false },
      },
    });
    const own = regionDataFolder();
    const [command = 'help', ...paths] = positionals;
    if (command === 'import' && paths.length === 0) return 'import needs files or folders.';
    if (command !== 'import' && paths.length > 0) return `${command} takes no "${paths[0]}".`;
    return {
      command: values.help ? 'help' : command,
      paths,
      data: values.data ?? (values.demo ? path.join(path.dirname(own), 'demo', 'region') : own),
      team: values.team.split(',').filter((login) => login.trim() !== ''),
      source: values.source,
    };
  } catch (error) {
    return (error as Error).message;
  }
};

const open = (options: Options): Promise<Result<OpenRegion, string>> => {
  const databaseUrl = process.env['DATABASE_URL'];
  return openRegionDatabase({
    ...(databaseUrl ? { databaseUrl } : {}),
    dataFolder: options.data,
    name: process.env['PUNOS_REGION_NAME'] ?? 'Punos',
    now: () => new Date(),
    random: (length) => randomBytes(length),
    onEngine: ({ step }) => {
      if (step === 'creating') say('Creating the database, this takes a few seconds …');
      if (step === 'starting') say('Starting the database …');
    },
  });
};

/** One line written over on a terminal; elsewhere a line at every tenth of a step. */
const showProgress = () => {
  const began = performance.now();
  const live = process.stdout.isTTY;
  let last = '';
  let drawn = 0;
  return {
    show: (progress: ImportProgress): void => {
      const elapsed = performance.now() - began;
      const { step, files, allFiles } = progress;
      const ends = files === allFiles;
      if (live) {
        if (elapsed - drawn < 100 && !ends) return;
        drawn = elapsed;
        process.stdout.write(`\r${progressLine(progress, elapsed, true)}\u001B[K`);
        return;
      }
      const tenth = `${step} ${allFiles === 0 ? 10 : Math.floor((10 * files) / allFiles)}`;
      if (tenth === last) return;
      last = tenth;
      say(progressLine(progress, elapsed, false));
    },
    end: (): void => {
      if (live) process.stdout.write('\n');
    },
  };
};

const importFiles = async ({ db }: OpenRegion, options: Options): Promise<number> => {
  const team = await findTeam(db, options.team);
  if (!team.ok) {
    say(`Nobody in the region signs in as ${team.error.join(', ')}. Nothing was imported.`);
    return 1;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!ending.signal.aborted) say('\nStopping after this client …');
      ending.abort();
    });
  }
  const progress = showProgress();
  const summary = await runImport({
    db,
    paths: options.paths,
    source: options.source,
    team: team.value,
    now: () => new Date(),
    onProgress: progress.show,
    until: ending.signal,
  });
  progress.end();
  say(summaryText(summary));
  if (options.team.length === 0 && summary.clients.new > 0) {
    say('Nobody here is in the new clients’ teams yet: run it again with --team <login,…>.');
  }
  return exitCodeOf(summary);
};

const showStatus = async ({ db }: OpenRegion): Promise<number> => {
  const state = await readRegionState(db);
  const [counts] = await db.query<{ people: number; accounts: number; clients: number }>(
    `SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM account) AS accounts,
            (SELECT count(DISTINCT case_id) FROM case_compartment) AS clients`,
  );
  say(`Region   ${state.name}`);
  say(`Clients  ${counts?.clients ?? 0}`);
  say(`People   ${counts?.people ?? 0}, of whom ${counts?.accounts ?? 0} can sign in`);
  say(`Changes  ${state.highWater}`);
  return 0;
};

const main = async (): Promise<number> => {
  const options = readOptions();
  if (typeof options === 'string') {
    say(`${options}\n\n${help}`);
    return 1;
  }
  const run = { import: importFiles, status: showStatus }[options.command];
  if (!run) {
    say(options.command === 'help' ? help : `There is no command "${options.command}".\n\n${help}`);
    return options.command === 'help' ? 0 : 1;
  }
  const region = await open(options);
  if (!region.ok) {
    say(region.error);
    return 1;
  }
  try {
    return await run(region.value, options);
  } catch (error) {
    say(
      `\nThe region's database failed: ${(error as Error).message}. What was stored so far stays.`,
    );
    return 1;
  } finally {
    await region.value.close();
  }
};

process.exitCode = await main();
