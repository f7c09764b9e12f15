import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { EngineFailure } from './engine-problem.ts';

const run = promisify(execFile);

/** The system user that runs the engine; null when it runs as the one who started the program. */
export type EngineUser = { readonly name: string; readonly uid: number; readonly gid: number };

const userName = 'postgres';

/**
 * PostgreSQL refuses to run as root, since a hole in it would then be a hole in the whole machine.
 * Started by root, it runs as the system user `postgres`, made here when the machine has none.
 */
export const engineUser = async (): Promise<EngineUser | null> => {
  if (process.getuid?.() !== 0) return null;
  const known = await lookUp(userName);
  if (known !== null) return known;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', userName]);
  } catch {
    // A machine without useradd (Alpine) has adduser with other options.
    await run('adduser', ['-S', '-D', '-H', userName]).catch(() => undefined);
  }
  const made = await lookUp(userName);
  if (made !== null) return made;
  throw new EngineFailure(
    'no-engine-user',
    `PostgreSQL does not run as root, and the system user "${userName}" could not be made. ` +
      'Make it, start as an ordinary user, or name a database in DATABASE_URL.',
  );
};

const lookUp = async (name: string): Promise<EngineUser | null> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
};

/**
 * Whether the user may pass through every folder on the way to `target` (which must exist).
 * @returns the first folder that stops it, or null
 */
export const closedFolder = async (target: string, user: EngineUser): Promise<string | null> => {
  const way: string[] = [];
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    way.unshift(folder);
    if (folder === path.dirname(folder)) break;
  }
  for (const folder of way) {
    const { mode, uid, gid } = await stat(folder);
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
    if ((bits & 0o1) === 0) return folder;
  }
  return null;
};
