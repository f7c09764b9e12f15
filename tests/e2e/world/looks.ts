import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { startEngine } from '#server/db/engine.ts';

/** A client whom somebody had on the screen. */
export type Look = { readonly personId: string; readonly caseId: string };

const clientInAddress = /#\/clients\/([0-9a-f-]{36})/u;

/** Notes whose clients' pages are shown in windows, by their addresses and not by what the program logs. */
export const watchLooks = () => {
  const watched = new WeakSet<Page>();
  const seen = new Set<string>();
  return {
    watch: (page: Page): void => {
      if (watched.has(page)) return;
      watched.add(page);
      page.on('framenavigated', (frame) => {
        const caseId = clientInAddress.exec(frame.url())?.[1];
        if (frame === page.mainFrame() && caseId !== undefined) seen.add(caseId);
      });
    },
    /** Who has worked at the desk of this folder, with every client whom the desk has shown. */
    at: (folder: string): readonly Look[] =>
      readdirSync(path.join(folder, 'people')).flatMap((personId) =>
        [...seen].map((caseId) => ({ personId, caseId })),
      ),
  };
};

/** Of these, the looks of which the region's log of use has no entry yet. */
export const missingInLog = async (
  regionFolder: string,
  looks: readonly Look[],
): Promise<readonly Look[]> => {
  const engine = await startEngine({ folder: regionFolder });
  if (!engine.ok) throw new Error(engine.error.message);
  const database = new pg.Client(engine.value.ownerUrl);
  await database.connect();
  try {
    const { rows } = await database.query<Look>(
      `SELECT DISTINCT person_id AS "personId", case_id AS "caseId" FROM use_entry
       WHERE action IN ('view', 'search-hit')`,
    );
    const logged = new Set(rows.map(({ personId, caseId }) => `${personId} ${caseId}`));
    return looks.filter(({ personId, caseId }) => !logged.has(`${personId} ${caseId}`));
  } finally {
    await database.end();
    await engine.value.leave();
  }
};
