import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { startTestDesk, TestDesk } from '../../story/desks.ts';

/** A core in a process of its own. */
export type DeskProcess = TestDesk & {
  /** As a crash or the task manager does: `kill -9`. */
  readonly kill: () => Promise<void>;
  /** As a computer does that is put to sleep in the middle of something. */
  readonly pause: () => void;
  readonly resume: () => void;
};

export class DeskGone extends Error {}

/** Starts the process at once; what is asked before it is ready waits. */
export const startDeskProcess = (folder: string, regionUrl: string): DeskProcess => {
  const program = path.join(import.meta.dirname, 'desk-program.ts');
  const child = fork(program, [folder, regionUrl], { execArgv: [], stdio: 'inherit' });
  const asked = new Map<
    number,
    { readonly answer: (answer: unknown) => void; readonly gone: (error: Error) => void }
  >();
  let calls = 0;
  let ended = false;
  child.on('message', ({ no, answer }: { readonly no: number; readonly answer: unknown }) => {
    asked.get(no)?.answer(answer);
    asked.delete(no);
  });
  const exited = once(child, 'exit').then(() => {
    ended = true;
    for (const { gone } of asked.values()) gone(new DeskGone('The desk is gone'));
    return null;
  });
  const call: TestDesk['call'] = (name, input) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(new DeskGone('The desk is gone'));
        return;
      }
      calls += 1;
      asked.set(calls, { answer: resolve as (answer: unknown) => void, gone: reject });
      child.send({ no: calls, name, input });
    });
  return {
    folder,
    call,
    get: async (name, input) => {
      const answer = await call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    close: async () => {
      if (!ended) child.send('close');
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    pause: () => {
      child.kill('SIGSTOP');
    },
    resume: () => {
      child.kill('SIGCONT');
    },
  };
};

/** As `startRegionWorld` starts desks, and tells of each. */
export const startingProcesses =
  (started: (desk: DeskProcess) => void): typeof startTestDesk =>
  (folder, regionUrl) => {
    const desk = startDeskProcess(folder, regionUrl);
    started(desk);
    return desk;
  };
