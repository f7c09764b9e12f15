import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { bareTable } from '../first-sync/bare-arms.ts';
import { fetchFrames, inBatches, sendFrame } from './frames.ts';
import { cellName, startCell, type Cell, type CellEdit } from './plan-work.ts';
import type { OpenReplica } from './replica.ts';

/** A signature's length of text, so that L carries the bytes that the program carries. */
const signature = 'x'.repeat(86);

type Sent = { readonly change: Change; readonly signature: string; readonly counter: number };

/** L: each edit one bare insert and one commit; nothing is checked, compared or merged. */
export const openBare =
  (options: { readonly full: boolean; readonly encrypted: boolean }): OpenReplica =>
  ({ folder, hubUrl, device, world }) => {
    const file = path.join(folder, 'bare.db');
    const arm = bareTable(file, options.encrypted ? randomBytes(32) : null);
    const { driver } = arm;
    if (options.full) driver.pragma('synchronous = FULL');
    const ids = new Map<string, Id>();
    const idOf = (name: string): Id => {
      const known = ids.get(name) ?? newId(Date.now(), randomBytes);
      ids.set(name, known);
      return known;
    };
    const cells = new Map<string, Cell>();
    let unsent: Sent[] = [];
    let seq = 0;
    let reached = 0;
    let time: string | null = null;
    const author = idOf('author');
    const insertAll = (sent: readonly Sent[]): void => {
      driver.exec('BEGIN');
      for (const { change } of sent) arm.insert((seq += 1), change);
      driver.exec('COMMIT');
    };
    return {
      edit: ({ plan, record, set }: CellEdit) => {
        const name = cellName(plan, record);
        const value = { ...(cells.get(name) ?? startCell(plan, record)), ...set };
        cells.set(name, value);
        time = tick(time, Date.now());
        const change: Change = {
          id: newId(Date.now(), randomBytes),
          recordId: idOf(name),
          kind: 'need',
          caseId: idOf(`plan ${plan % world.plans}`),
          compartment: jointPlan,
          group: 'heading',
          value,
          parents: [idOf(`version of ${name}`)],
          authorId: author,
          profession: 'social-worker',
          taskClass: 'limited-health',
          time,
          schema: 1,
        };
        insertAll([change].map((one) => ({ change: one, signature, counter: seq })));
        unsent.push({ change, signature, counter: seq });
      },
      push: async () => {
        for (const batch of inBatches(unsent)) {
          await sendFrame(hubUrl, device, JSON.stringify({ changes: batch }));
        }
        unsent = [];
      },
      pull: async () => {
        for (const { seq: at, body } of await fetchFrames(hubUrl, device, reached)) {
          const { changes } = JSON.parse(body.toString('utf8')) as { readonly changes: Sent[] };
          insertAll(changes);
          reached = at;
        }
      },
      // L shows nothing: what it proves is only how many rows it holds.
      shown: () =>
        new Map([['rows', Array.from({ length: arm.contents().length }, () => startCell(0, 0))]]),
      bytes: () => {
        driver.pragma('wal_checkpoint(TRUNCATE)');
        return fs.statSync(file).size;
      },
      close: () => void driver.close(),
    };
  };
