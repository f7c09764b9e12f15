import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where a region keeps its own database when no `DATABASE_URL` is given: `PUNOS_DATA`, else the
 * user's data folder as the operating system names it. For root on Unix it is /var/lib/punos,
 * because root's home is closed to the system user that runs the engine.
 */
export const regionDataFolder = (
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  userId: number | undefined = process.getuid?.(),
): string => path.join(baseFolder(environment, platform, userId), 'region');

const baseFolder = (
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  userId: number | undefined,
): string => {
  const named = environment['PUNOS_DATA'];
  if (named !== undefined && named !== '') return path.resolve(named);
  if (platform === 'win32') {
    return path.join(
      environment['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'),
      'Punos',
    );
  }
  if (userId === 0) return '/var/lib/punos';
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Punos');
  return path.join(
    environment['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'),
    'punos',
  );
};
