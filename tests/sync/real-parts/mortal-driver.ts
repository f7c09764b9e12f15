// oxlint-disable-next-line import/default -- CommonJS: its exports are the constructor itself
import Database from 'better-sqlite3';

/** The program was killed: nothing of what it was doing goes on. */
export class Killed extends Error {}

/** At its commit number `commit`, counted from 0: just before it, or just after it. */
export type Death = { readonly commit: number; readonly after: boolean };

let left: Death | null = null;

// oxlint-disable-next-line typescript/unbound-method -- called with its own driver below
const { exec } = Database.prototype;
Database.prototype.exec = function mortalExec(this: Database.Database, sql: string) {
  if (left === null || sql !== 'COMMIT') return exec.call(this, sql);
  if (left.commit > 0) {
    left = { ...left, commit: left.commit - 1 };
    return exec.call(this, sql);
  }
  const { after } = left;
  left = null;
  if (after) exec.call(this, sql);
  throw new Killed('The program was killed');
};

/** Lets the program die at a commit of whatever runs next, in any case file of this thread. */
export const killAt = (death: Death | null): void => {
  left = death;
};

/** The death that has not come. */
export const deathWaiting = (): Death | null => left;
