import { acquireFileLock } from '#main/db/file/file-lock.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';

/**
 * What another program does to a case file, as a process of its own: `hold <lock file>` keeps it until it
 * is ended; `renew <case file> <secret>` leaves it as a much newer program would.
 */
const [task = '', file = '', secret = ''] = process.argv.slice(2);

if (task === 'hold') {
  const held = acquireFileLock(file);
  if (!held.ok) throw new Error(held.error.kind);
  setInterval(() => {}, 60_000);
} else {
  const opened = await openCaseFile({ path: file, secrets: { secret, keyChainSecret: null } });
  if (!opened.ok) throw new Error(opened.error.kind);
  opened.value.db.execute('PRAGMA user_version = 999');
  opened.value.close();
}
process.stdout.write('done\n');
