import fs from 'node:fs';
import { openKeyed } from '#main/db/file/connection.ts';

/** Key stretching is measured nowhere here, so it costs next to nothing. */
export const cheapArgon2 = { memoryKiB: 256, passes: 1, lanes: 1 } as const;

/** How large an open case file is with everything checkpointed. */
export const fileBytes = (file: string, key: Uint8Array): number => {
  const driver = openKeyed(file, key, {});
  try {
    driver.pragma('wal_checkpoint(FULL)');
    return fs.statSync(file).size;
  } finally {
    driver.close();
  }
};
