import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../../..');

/** A program of ours as its own process, so that a story can kill it as a power cut would. */
export type Child = {
  /** Kills at once, without a chance to tidy up. */
  readonly kill: () => Promise<void>;
  /** Ends as Ctrl-C would. */
  readonly end: () => Promise<void>;
};

const stopWith = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
};

/** Starts `file` and waits for the line on which `found` finds something. Throws with what it said otherwise. */
export const startChild = async (
  file: string,
  options: readonly string[],
  found: (line: string) => string | null,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly child: Child; readonly value: string }> => {
  const child = spawn(process.execPath, [path.join(root, file), ...options], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const value = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const answer = found(line);
        if (answer !== null) resolve(answer);
      });
    }
    child.once('exit', (code) => reject(new Error(`${file} ended (${code}):\n${said.join('\n')}`)));
  });
  return {
    child: { kill: () => stopWith(child, 'SIGKILL'), end: () => stopWith(child, 'SIGTERM') },
    value,
  };
};
