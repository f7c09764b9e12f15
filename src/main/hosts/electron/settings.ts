import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/lib/result.ts';

const local = /^(127\.0\.0\.1|\[::1\]|localhost)$/u;

/** What people write goes over the network encrypted; in the clear only within this computer. */
const serverAddress = z.url({ protocol: /^https?$/u }).refine((text) => {
  const url = new URL(text);
  return url.protocol === 'https:' || local.test(url.hostname);
}, 'https-needed');

/** `punos.json`, which the region's administrator lays beside the program. */
const settingsSchema = z.strictObject({
  regionUrl: serverAddress,
  /** Where signed new versions lie; without it the program does not look for any. */
  updateUrl: z.url({ protocol: /^https$/u }).optional(),
  lockAfterMinutes: z.int().min(0).max(240).default(10),
  contentProtection: z.boolean().default(false),
});
export type Settings = Readonly<z.output<typeof settingsSchema>>;

export type SettingsProblem = {
  readonly code: 'settings-missing' | 'settings-faulty';
  /** The file, and the place in it. */
  readonly where: string;
};

/**
 * Reads the settings. `PUNOS_REGION_URL` names the region instead of the file where a developer or the
 * demo starts the program.
 */
export const readSettings = async (
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Result<Settings, SettingsProblem>> => {
  const faulty = (place: string): Result<never, SettingsProblem> =>
    err({ code: 'settings-faulty', where: place === '' ? file : `${file}: ${place}` });

  let given: unknown = {};
  try {
    given = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return faulty('');
    if (!env['PUNOS_REGION_URL']) return err({ code: 'settings-missing', where: file });
  }
  const region = env['PUNOS_REGION_URL'] ? { regionUrl: env['PUNOS_REGION_URL'] } : {};
  const settings = settingsSchema.safeParse(
    typeof given === 'object' && given !== null ? { ...given, ...region } : given,
  );
  if (settings.success) return ok(settings.data);
  return faulty(settings.error.issues[0]?.path.join('.') ?? '');
};
