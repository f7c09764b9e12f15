import os from 'node:os';
import path from 'node:path';
import { openDriver } from '#main/db/file/driver.ts';

/** Says what goes on while it goes on. */
export type Report = (line: string) => void;

const sqliteVersion = (): string => {
  const driver = openDriver(':memory:');
  try {
    return String(driver.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    driver.close();
  }
};

const processor = (): string => os.cpus()[0]?.model.trim() ?? 'unknown processor';

/** On what was measured, and how busy it was: the first lines of a report. */
export const circumstances = (startedAt: Date): readonly string[] => {
  const [load = 0] = os.loadavg();
  return [
    `# Benchmark of ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    '',
    `- ${processor()}, ${os.availableParallelism()} cores, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ` +
      `${os.type()} ${os.arch()}`,
    `- Node ${process.version}, SQLite ${sqliteVersion()}`,
    `- Load average at the end ${load.toFixed(2)}: above 1 something else ran beside; the ratios of CPU ` +
      'time bear that, wall times and p99 less well',
  ];
};

/** `bench/results/<date>-<cpu>.md` */
export const resultFile = (folder: string, startedAt: Date): string => {
  const cpu = processor()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
  return path.join(folder, `${startedAt.toISOString().slice(0, 10)}-${cpu}.md`);
};
