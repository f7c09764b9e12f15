import { z } from 'zod';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { readCaseView } from '#main/core/records/case-view.ts';
import { openParts } from '#main/core/rights/open-parts.ts';
import type { RegionClient } from '#main/core/syncing/region-client.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { fileBytes } from '../case-files.ts';
import { quietReports } from '../first-sync/punos-arm.ts';
import { accountSchema, openRealDesk } from '../region/real-desk.ts';
import { cellName, startCell, type Cell, type CellEdit } from './plan-work.ts';
import type { OpenReplica, ReplicaPlace } from './replica.ts';

/** What the region's hub answers when it has prepared a world: who signs in, and the ids of what is there. */
export const preparedRegion = z.object({
  people: z.array(accountSchema),
  plans: z.array(z.object({ caseId: z.string(), recordIds: z.array(z.string()) })),
});
export type PreparedRegion = z.infer<typeof preparedRegion>;

const heard = (region: RegionClient, onWire: ReplicaPlace['onWire']): RegionClient =>
  onWire === undefined
    ? region
    : {
        ...region,
        push: (token, request) => {
          onWire('sent', JSON.stringify(request));
          return region.push(token, request);
        },
        pull: async (token, request) => {
          const page = await region.pull(token, request);
          if (page.ok) onWire('fetched', JSON.stringify(page.value));
          return page;
        },
      };

/** The program's own commands and its own round of sync, with a real region. */
export const openPunos =
  ({ durable }: { readonly durable: 'NORMAL' | 'FULL' }): OpenReplica =>
  async ({ folder, hubUrl, device, prepared, onWire }) => {
    const { people, plans } = preparedRegion.parse(prepared);
    const person = people[device];
    if (!person) throw new Error(`The region has nobody for device ${device}`);
    const { desk, caseFile, token, ...opened } = await openRealDesk(folder, hubUrl, person);
    caseFile.db.execute(`PRAGMA synchronous = ${durable}`);
    const region = heard(opened.region, onWire);
    const round = async (mayFetch: boolean): Promise<void> => {
      const reports = { ...quietReports, mayFetch: () => mayFetch };
      const done = await syncRound(desk, region, token, reports);
      if (!done.ok) throw new Error(`A round ended early: ${JSON.stringify(done.error)}`);
    };
    const shown = new Map<string, { readonly value: Cell; readonly basedOn: readonly Id[] }>();
    const viewOf = (caseId: Id) => {
      const caseNo = findCase(desk.db, caseId);
      if (caseNo === undefined) throw new Error('A plan is not on the device');
      const parts = openParts(desk.db, caseNo, desk.now());
      return readCaseView(desk.db, caseId, caseNo, { parts, contactRevealed: true });
    };
    const look = (): void => {
      shown.clear();
      for (const [plan, { caseId, recordIds }] of plans.entries()) {
        const records = new Map(viewOf(caseId).records.map((record) => [record.id, record]));
        for (const [record, recordId] of recordIds.entries()) {
          const heads = records.get(recordId)?.groups['heading']?.heads ?? [];
          shown.set(cellName(plan, record), {
            value: (heads[0]?.value ?? startCell(plan, record)) as Cell,
            basedOn: heads.map((head) => head.changeId),
          });
        }
      }
    };
    return {
      edit: ({ plan, record, set }: CellEdit) => {
        if (shown.size === 0) look();
        const place = plans[plan];
        const recordId = place?.recordIds[record];
        const name = cellName(plan, record);
        const seen = shown.get(name);
        if (!place || recordId === undefined || !seen) throw new Error(`No cell ${name}`);
        const value = { ...seen.value, ...set };
        const written = writeEdits(desk, place.caseId, [
          {
            recordId,
            kind: 'need',
            compartment: jointPlan,
            group: 'heading',
            value,
            basedOn: [...seen.basedOn],
          },
        ]);
        if (!written.ok) throw new Error(`An edit was refused: ${written.error.code}`);
        const [change] = written.value.changes;
        if (change) shown.set(name, { value, basedOn: [change.changeId] });
      },
      push: () => round(false),
      pull: () => round(true),
      shown: () => {
        const cells = new Map<string, readonly Cell[]>();
        for (const [plan, { caseId, recordIds }] of plans.entries()) {
          const records = new Map(viewOf(caseId).records.map((record) => [record.id, record]));
          for (const [record, recordId] of recordIds.entries()) {
            const heads = records.get(recordId)?.groups['heading']?.heads ?? [];
            cells.set(
              cellName(plan, record),
              heads.map((head) => head.value as Cell),
            );
          }
        }
        return cells;
      },
      bytes: () => fileBytes(caseFile.path, caseFile.key),
      close: () => {
        const closed = caseFile.close();
        if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
      },
    };
  };
