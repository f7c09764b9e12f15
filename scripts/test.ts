import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { findBrowser } from '../tests/browser.ts';

/**
 * Everything that must hold, one after the other. A failed step does not hide the next; the last
 * line counts the tests of both runners, and every failed check besides them as one.
 */

const root = path.resolve(import.meta.dirname, '..');
const reports = await mkdtemp(path.join(tmpdir(), 'punos-test-'));
const unitReport = path.join(reports, 'vitest.json');
const storyReport = path.join(reports, 'playwright.json');

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };
type Step = {
  readonly title: string;
  /** A program of ours or of a package, run by this Node; a path from the project's root. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly count?: () => Promise<{ readonly counts: Counts; readonly skips: readonly string[] }>;
};

const steps: readonly Step[] = [
  { title: 'Types', command: ['scripts/typecheck.ts'] },
  { title: 'Lint', command: ['node_modules/oxlint/bin/oxlint', '--type-aware'] },
  { title: 'Format', command: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { title: 'Words in three languages', command: ['scripts/locales.ts'] },
  { title: 'Window', command: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'] },
  {
    title: 'Tests of the parts',
    command: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ],
    count: countUnits,
  },
  {
    title: 'Stories in the browser',
    command: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: storyReport },
    count: countStories,
  },
];

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

async function countUnits(): ReturnType<NonNullable<Step['count']>> {
  const report = vitestReport.parse(JSON.parse(await readFile(unitReport, 'utf8')));
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const skips = tests.filter(({ status }) => ['skipped', 'pending', 'todo'].includes(status));
  // A file that could not be loaded has failed without naming a test.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return {
    counts: {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded,
      skipped: skips.length,
    },
    skips: skips.map(({ fullName }) => fullName),
  };
}

const storySchema = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
    }),
  ),
});
type Suite = {
  readonly specs: readonly z.infer<typeof storySchema>[];
  readonly suites?: readonly Suite[] | undefined;
};
const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(storySchema), suites: z.array(suiteSchema).optional() }),
);
const playwrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  suites: z.array(suiteSchema),
});

async function countStories(): ReturnType<NonNullable<Step['count']>> {
  const { errors, stats, suites } = playwrightReport.parse(
    JSON.parse(await readFile(storyReport, 'utf8')),
  );
  return {
    counts: {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    },
    skips: suites.flatMap(storySkips),
  };
}

function storySkips(suite: Suite): readonly string[] {
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => {
        const reason = annotations.find(({ type }) => type === 'skip')?.description;
        return reason === undefined ? title : `${title}: ${reason}`;
      }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(storySkips)];
}

let running: ReturnType<typeof spawn> | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

function run(step: Step): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const [program = '', ...args] = step.command;
    running = spawn(process.execPath, [path.join(root, program), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...step.env },
    });
    running.on('error', reject);
    running.on('close', (code) => {
      resolve(code === 0);
    });
  });
}

type Outcome = {
  readonly title: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly counts: Counts;
  readonly skips: readonly string[];
};

async function perform(step: Step): Promise<Outcome> {
  console.log(`\n── ${step.title} ${'─'.repeat(Math.max(0, 70 - step.title.length))}\n`);
  const started = performance.now();
  const ok = await run(step);
  const seconds = (performance.now() - started) / 1000;
  const none = { counts: { passed: 0, failed: 0, skipped: 0 }, skips: [] };
  const found =
    step.count === undefined
      ? none
      : await step.count().catch((problem: unknown) => {
          console.error(`The report of this step cannot be read: ${String(problem)}`);
          return none;
        });
  // A step that fails without a failed test to show for it is itself the failure.
  const failed = ok ? found.counts.failed : Math.max(1, found.counts.failed);
  return { title: step.title, ok, seconds, ...found, counts: { ...found.counts, failed } };
}

const outcomes: Outcome[] = [];
try {
  const who =
    process.getuid === undefined
      ? ''
      : ` as ${process.getuid() === 0 ? 'root' : 'an ordinary user'}`;
  const { executablePath, sandboxNote } = await findBrowser();
  console.log(`Node ${process.version}${who}; browser ${executablePath}`);
  if (sandboxNote !== undefined) console.log(`${sandboxNote} The tests run it without.`);
  for (const step of steps) {
    if (!interrupted) outcomes.push(await perform(step));
  }
} finally {
  await rm(reports, { recursive: true, force: true });
}

console.log(`\n${'─'.repeat(74)}\n`);
for (const { title, ok, seconds } of outcomes) {
  console.log(`${ok ? '✓' : '✗'} ${title.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s`);
}
const skips = outcomes.flatMap((outcome) => outcome.skips);
if (skips.length > 0) console.log(`\nSkipped:\n${skips.map((skip) => `  ${skip}`).join('\n')}`);
if (interrupted) console.log('\nInterrupted before the end.');

const total = (what: keyof Counts): number =>
  outcomes.reduce((sum, { counts }) => sum + counts[what], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = interrupted || total('failed') > 0 ? 1 : 0;
