import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { cellName, startCell, type Cell, type CellEdit } from '../plans/plan-work.ts';
import type { OpenReplica } from '../plans/replica.ts';
import { pouchIn, replicationOptions, type PouchDocument } from './pouchdb.ts';

type PlanDocument = PouchDocument & { readonly needs: Record<string, Cell> };

/** Which database of the hub this world lies in. */
export const preparedDatabase = z.object({ database: z.string() });

export const sizeOfFolder = (folder: string): number =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);

/** One document a plan; what is shown of a conflict is the version that PouchDB chooses. */
export const openPouchdb =
  (): OpenReplica =>
  async ({ folder, hubUrl, world, prepared }) => {
    const Pouch = await pouchIn(folder);
    const database = new Pouch('plans');
    const url = `${hubUrl}/${preparedDatabase.parse(prepared).database}`;
    return {
      edit: async ({ plan, record, set }: CellEdit) => {
        const doc = (await database.get(String(plan))) as PlanDocument;
        const seen = doc.needs[String(record)] ?? startCell(plan, record);
        await database.put({
          ...doc,
          needs: { ...doc.needs, [String(record)]: { ...seen, ...set } },
        } as PlanDocument);
      },
      push: async () => {
        await database.replicate.to(url, replicationOptions);
      },
      pull: async () => {
        await database.replicate.from(url, replicationOptions);
      },
      shown: async () => {
        const cells = new Map<string, readonly Cell[]>();
        for (let plan = 0; plan < world.plans; plan += 1) {
          const { needs } = (await database.get(String(plan))) as PlanDocument;
          for (const [record, cell] of Object.entries(needs)) {
            cells.set(cellName(plan, Number(record)), [cell]);
          }
        }
        return cells;
      },
      bytes: () => sizeOfFolder(folder),
      close: () => database.close(),
    };
  };
