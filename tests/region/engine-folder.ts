import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEngine } from '#server/db/engine.ts';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what merges
  export interface ProvidedContext {
    readonly engineFolder: string;
  }
}

const beginning = 'punos-test-region-';

let folder: string | undefined;

/**
 * One real PostgreSQL for a whole test run: the first test file that asks starts it in this folder,
 * it stays up for the others, and the end of the run stops it and removes the folder. A run that
 * asks for none starts none.
 */
export async function setup(project: TestProject): Promise<void> {
  folder = await newEngineFolder();
  project.provide('engineFolder', folder);
}

/** An empty folder for an engine of this process, which `removeFolder` ends; those of killed ones are ended now. */
export async function newEngineFolder(): Promise<string> {
  await removeLeftovers();
  const made = mkdtempSync(path.join(tmpdir(), `${beginning}${process.pid}-`));
  // Started by root, the engine runs as another user, who must be able to pass.
  chmodSync(made, 0o711);
  return made;
}

export async function teardown(): Promise<void> {
  if (folder !== undefined) await removeFolder(folder);
}

/** What runs that were killed left: their engines are stopped and their folders removed. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${beginning}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await removeFolder(path.join(tmpdir(), name)).catch((error: unknown) => {
      console.warn(`The leftovers of a killed test run stay in ${name}: ${String(error)}`);
    });
  }
}

/** Stops the engine that runs in the folder, if any, and removes both. */
export async function removeFolder(folder: string): Promise<void> {
  if (readdirSync(folder).includes('engine')) {
    // Joining and leaving as the last one is how an engine is stopped.
    const engine = await startEngine({ folder, durable: false });
    if (engine.ok) await engine.value.stop();
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
