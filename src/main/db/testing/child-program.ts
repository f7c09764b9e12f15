import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('case-file-child.ts', import.meta.url));

export type Child = {
  readonly pid: number | undefined;
  /** The lines said so far. */
  readonly lines: readonly string[];
  /** Settles when `count` lines have been said; fails when the child ends before that. */
  readonly said: (count: number) => Promise<void>;
  /** As the kernel does it to a program out of memory: no warning. Settles when it is gone. */
  readonly kill: () => Promise<void>;
  readonly ended: Promise<number | null>;
};

export const startChild = (task: string, file: string): Child => {
  const child: ChildProcess = spawn(process.execPath, [program, task, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A failing test leaves no program behind.
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  if (child.stdout === null) throw new Error('The child has no voice');
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    for (const wake of waiting) wake();
  });
  const heardAll = once(reader, 'close');
  const ended = once(child, 'exit').then(async ([code]) => {
    await heardAll;
    over = true;
    for (const wake of waiting) wake();
    return code as number | null;
  });
  return {
    pid: child.pid,
    lines,
    said: (count) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (lines.length < count && !over) return;
          waiting.delete(look);
          if (lines.length >= count) resolve();
          else reject(new Error('The child ended early'));
        };
        waiting.add(look);
        look();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
};
