import { fetchFrames, inBatches, packed, sendFrame, unpacked } from '../plans/frames.ts';
import { cellName, startCell, type Cell, type CellEdit } from '../plans/plan-work.ts';
import type { OpenReplica } from '../plans/replica.ts';
import { openActualStore } from './actual-store.ts';

const dataset = 'needs';

/** One message for each field that an edit sets, as Actual's own program sends them. */
export const openActual =
  (): OpenReplica =>
  async ({ folder, hubUrl, device, world }) => {
    const store = await openActualStore(folder, device + 1);
    let unsent: Uint8Array[] = [];
    let reached = 0;
    return {
      edit: ({ plan, record, set }: CellEdit) => {
        const messages = Object.entries(set).map(([column, value]) => ({
          dataset,
          row: cellName(plan, record),
          column,
          value,
        }));
        unsent.push(...store.write(messages));
      },
      push: async () => {
        for (const batch of inBatches(unsent, 1_000)) {
          await sendFrame(hubUrl, device, packed(batch));
        }
        unsent = [];
      },
      pull: async () => {
        for (const { seq, body } of await fetchFrames(hubUrl, device, reached)) {
          store.apply(unpacked(body));
          reached = seq;
        }
      },
      shown: () => {
        const rows = store.rowsOf(dataset);
        const cells = new Map<string, readonly Cell[]>();
        for (let plan = 0; plan < world.plans; plan += 1) {
          for (let record = 0; record < world.recordsPerPlan; record += 1) {
            const fields = rows.get(cellName(plan, record));
            cells.set(cellName(plan, record), [
              { ...startCell(plan, record), ...Object.fromEntries(fields ?? []) },
            ]);
          }
        }
        return cells;
      },
      bytes: store.bytes,
      close: store.close,
    };
  };
