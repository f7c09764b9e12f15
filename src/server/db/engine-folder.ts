import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { EngineBinaries } from './engine-binaries.ts';
import { EngineFailure } from './engine-problem.ts';
import { closedFolder, type EngineUser } from './engine-user.ts';

const run = promisify(execFile);

/** The data folder of one engine: what PostgreSQL keeps, and the secrets of its three roles. */
export type EngineFolder = {
  readonly root: string;
  readonly pgdata: string;
  readonly secrets: EngineSecrets;
};

const secretsSchema = z.object({ superuser: z.string(), owner: z.string(), app: z.string() });
export type EngineSecrets = z.infer<typeof secretsSchema>;

/** Raised with the major version of PostgreSQL, whose data folders differ. */
const engineMajor = '18';

const paths = (root: string) => ({
  engine: path.join(root, 'engine'),
  pgdata: path.join(root, 'engine', 'pgdata'),
  secrets: path.join(root, 'engine', 'secrets.json'),
});

/**
 * Opens the engine's folder under `root`, making it on first use. It is made beside its place and
 * renamed into it when finished, so that an interrupted start leaves nothing half-made behind, and
 * of two programs starting at once one wins and the other finds the winner's.
 */
export const openEngineFolder = async (
  root: string,
  binaries: EngineBinaries,
  user: EngineUser | null,
  onCreating: () => void,
): Promise<EngineFolder> => {
  const { engine, pgdata, secrets } = paths(root);
  await mkdir(root, { recursive: true, mode: 0o711 });
  await assertReachable(root, user);
  if (!(await isFolder(engine))) {
    onCreating();
    await removeLeftovers(root);
    await createEngine(root, engine, binaries, user);
  }
  await assertSound(engine, pgdata);
  return { root, pgdata, secrets: await readSecrets(secrets, engine) };
};

const assertReachable = async (root: string, user: EngineUser | null): Promise<void> => {
  if (user === null) return;
  const closed = await closedFolder(root, user);
  if (closed === null) return;
  throw new EngineFailure(
    'folder-unreachable',
    `The database runs as the system user "${user.name}", which may not enter ${closed}. ` +
      `Choose another folder with --data or PUNOS_DATA, or allow passage: chmod o+x ${closed}`,
  );
};

const createEngine = async (
  root: string,
  place: string,
  binaries: EngineBinaries,
  user: EngineUser | null,
): Promise<void> => {
  const unfinished = path.join(
    root,
    `engine-unfinished-${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  await mkdir(unfinished, { mode: 0o711 });
  const pgdata = path.join(unfinished, 'pgdata');
  const passwordFile = path.join(unfinished, 'password');
  const secrets: EngineSecrets = { superuser: secret(), owner: secret(), app: secret() };
  try {
    await mkdir(pgdata, { mode: 0o700 });
    await writeSecret(passwordFile, secrets.superuser);
    await writeSecret(path.join(unfinished, 'secrets.json'), JSON.stringify(secrets));
    if (user !== null) {
      await chown(pgdata, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    await run(
      binaries.initdb,
      [
        `--pgdata=${pgdata}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order on every operating system; lists for people are sorted the Finnish way
        // by the query that makes them.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--data-checksums',
      ],
      { env: engineEnvironment(), ...asUser(user) },
    );
    await rm(passwordFile);
    await rename(unfinished, place);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another program may have finished first; then its folder is the one.
    if (await isFolder(place)) return;
    throw new EngineFailure(
      'would-not-start',
      `The database could not be created in ${root}: ${lastWords(error)}`,
    );
  }
};

const secret = (): string => randomBytes(24).toString('base64url');

const writeSecret = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o600);
};

const readSecrets = async (file: string, engine: string): Promise<EngineSecrets> => {
  try {
    return secretsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw damaged(engine, 'its file secrets.json is missing or unreadable');
  }
};

/** What a sound data folder always holds; each is named when it is missing. */
const assertSound = async (engine: string, pgdata: string): Promise<void> => {
  for (const part of ['PG_VERSION', 'postgresql.conf', 'global/pg_control', 'pg_wal', 'base']) {
    const found = await stat(path.join(pgdata, part)).catch(() => null);
    if (found === null || (found.isFile() && found.size === 0)) {
      throw damaged(engine, `pgdata/${part} is missing or empty`);
    }
  }
  const major = (await readFile(path.join(pgdata, 'PG_VERSION'), 'utf8')).trim();
  if (major === engineMajor) return;
  throw new EngineFailure(
    'folder-of-other-version',
    `The database in ${engine} was made by PostgreSQL ${major}; this program has ${engineMajor}. ` +
      'Move it over with pg_dump and restore, or choose another folder with --data.',
  );
};

const damaged = (engine: string, what: string): EngineFailure =>
  new EngineFailure(
    'folder-damaged',
    `The database in ${engine} is damaged: ${what}. Nothing was changed in it. ` +
      'Restore the folder from a backup, or move it aside to begin with an empty region.',
  );

/** Folders that an interrupted first start left, unless their program still lives. */
const removeLeftovers = async (root: string): Promise<void> => {
  for (const name of await readdir(root)) {
    const pid = /^engine-unfinished-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(root, name), { recursive: true, force: true });
    }
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** What the engine's programs see of ours: no PG… variables, English messages, UTC. */
export const engineEnvironment = (): NodeJS.ProcessEnv => {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'SystemRoot', 'WINDIR'];
  const own = Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  return { ...own, LC_ALL: 'C', TZ: 'UTC' };
};

export const asUser = (user: EngineUser | null): { uid?: number; gid?: number; cwd: string } =>
  // The engine's user may not be allowed to stand in our working folder.
  user === null ? { cwd: '.' } : { uid: user.uid, gid: user.gid, cwd: '/' };

const isFolder = async (folder: string): Promise<boolean> =>
  (await stat(folder).catch(() => null))?.isDirectory() === true;

/** The last lines a program of the engine said before it failed. */
export const lastWords = (error: unknown): string => {
  const said = (error as { readonly stderr?: unknown }).stderr;
  const text = typeof said === 'string' && said.trim() !== '' ? said : String(error);
  return text.trim().split('\n').slice(-3).join(' ');
};
