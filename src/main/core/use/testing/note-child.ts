import { valueOf } from '#main/db/testing/case-file-fixture.ts';
import { readChain } from '#main/db/queries/use-log.ts';
import { noteUse } from '../note-use.ts';
import { aLook, openUseDesk } from './use-desk.ts';

// A program of its own, to be killed: notes looks without end and says each number that it was told is safe.

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Which file?');
const { desk } = await openUseDesk(path);
for (;;) {
  valueOf(noteUse(desk, [aLook(), aLook({ register: 'social' })]));
  const { through, hash } = readChain(desk.db);
  process.stdout.write(`${through} ${hash}\n`);
  // Lets the pipe drain: acknowledged means that somebody has heard it.
  await new Promise((resolve) => setImmediate(resolve));
}
