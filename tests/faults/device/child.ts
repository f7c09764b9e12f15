import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Task, Word } from './words.ts';

const program = fileURLToPath(new URL('device-child.ts', import.meta.url));

export type DeviceChild = {
  readonly pid: number;
  /** As the kernel ends a program: without a warning. */
  readonly kill: () => void;
  /** Settles when the program has ended and its last word has been heard. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
};

/** Starts a device in a process of its own; `before` are a tracer and its arguments, where there is one. */
export const startDevice = (
  task: Task,
  onWord: (word: Word) => void,
  before: readonly string[] = [],
): DeviceChild => {
  const [command, ...rest] = [...before, process.execPath, program, JSON.stringify(task)];
  const child = spawn(command ?? process.execPath, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    // A line that the kill cut off was not heard by anybody.
    const word = parsed(line);
    if (word !== null) onWord(word);
  });
  const heardAll = once(reader, 'close');
  const endWith = (): void => void child.kill('SIGKILL');
  process.once('exit', endWith);
  return {
    pid: child.pid ?? 0,
    kill: endWith,
    ended: once(child, 'exit').then(async ([code, signal]) => {
      process.off('exit', endWith);
      await heardAll;
      return { code: code as number | null, signal: signal as string | null };
    }),
  };
};

const parsed = (line: string): Word | null => {
  try {
    return JSON.parse(line) as Word;
  } catch {
    return null;
  }
};
