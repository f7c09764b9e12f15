import { spawn } from 'node:child_process';

/**
 * Runs a program of ours in a fresh process, so that no arm inherits another's warm code or memory, and
 * answers the one line of JSON that it prints. Fails with what it said when it ends otherwise.
 */
export const runFresh = async (
  program: string,
  input: Readonly<Record<string, string | number>>,
): Promise<unknown> => {
  const child = spawn(process.execPath, [program, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${errors}`);
  return JSON.parse(output);
};

/** What `runFresh` gave the program it started. */
export const childInput = (): unknown => JSON.parse(process.argv[2] ?? 'null');

export const answer = (result: unknown): void => {
  process.stdout.write(JSON.stringify(result));
};
