import { fetchFrames, inBatches, packed, sendFrame, unpacked } from '../plans/frames.ts';
import { cellName, startCell, type Cell, type CellEdit } from '../plans/plan-work.ts';
import type { OpenReplica } from '../plans/replica.ts';
import { peerPackage } from './packages/peer-package.ts';
import { addressed, addressOf, openUpdateStore } from './update-store.ts';

/** As far as it is used: https://docs.yjs.dev */
type YMap = {
  readonly set: (key: string, value: unknown) => void;
  readonly get: (key: string) => unknown;
};
type YDoc = {
  clientID: number;
  readonly getMap: (name: string) => YMap;
  readonly transact: (work: () => void) => void;
  readonly on: (event: 'update', heard: (update: Uint8Array, origin: unknown) => void) => void;
};
type Yjs = {
  readonly Doc: new () => YDoc;
  readonly Map: new () => YMap;
  readonly applyUpdate: (doc: YDoc, update: Uint8Array, origin?: unknown) => void;
  readonly encodeStateAsUpdate: (doc: YDoc) => Uint8Array;
};

const remote = 'remote';

/** One document a plan, in memory; each update a row in SQLite as it comes. */
export const openYjs = async (): Promise<OpenReplica> => {
  const yjs = await peerPackage<Yjs>('yjs');
  const starts: Uint8Array[] = [];
  /** What every device has before the first edit: the same update of the same first writer. */
  const startOf = (plan: number, records: number): Uint8Array => {
    const known = starts[plan];
    if (known) return known;
    const doc = new yjs.Doc();
    doc.clientID = 1;
    doc.transact(() => {
      for (let record = 0; record < records; record += 1) {
        const cell = new yjs.Map();
        doc.getMap('needs').set(String(record), cell);
        for (const [field, value] of Object.entries(startCell(plan, record)))
          cell.set(field, value);
      }
    });
    return (starts[plan] = yjs.encodeStateAsUpdate(doc));
  };
  return ({ folder, hubUrl, device, world }) => {
    const store = openUpdateStore(folder);
    let unsent: Uint8Array[] = [];
    let reached = 0;
    const docs = Array.from({ length: world.plans }, (_, plan) => {
      const doc = new yjs.Doc();
      doc.clientID = device + 2;
      const start = startOf(plan, world.recordsPerPlan);
      yjs.applyUpdate(doc, start, remote);
      store.add(plan, start);
      doc.on('update', (update, origin) => {
        if (origin === remote) return;
        store.add(plan, update);
        unsent.push(addressed(plan, update));
      });
      return doc;
    });
    const cellOf = (plan: number, record: number): YMap =>
      docs[plan]?.getMap('needs').get(String(record)) as YMap;
    return {
      edit: ({ plan, record, set }: CellEdit) => {
        docs[plan]?.transact(() => {
          const cell = cellOf(plan, record);
          for (const [field, value] of Object.entries(set)) cell.set(field, value);
        });
      },
      push: async () => {
        for (const batch of inBatches(unsent)) await sendFrame(hubUrl, device, packed(batch));
        unsent = [];
      },
      pull: async () => {
        for (const { seq, body } of await fetchFrames(hubUrl, device, reached)) {
          const updates = unpacked(body).map(addressOf);
          for (const [plan, update] of updates) {
            const doc = docs[plan];
            if (doc) yjs.applyUpdate(doc, update, remote);
          }
          store.addAll(updates);
          reached = seq;
        }
      },
      shown: () => {
        const cells = new Map<string, readonly Cell[]>();
        for (let plan = 0; plan < world.plans; plan += 1) {
          for (let record = 0; record < world.recordsPerPlan; record += 1) {
            const cell = cellOf(plan, record);
            cells.set(cellName(plan, record), [
              { lifeArea: String(cell.get('lifeArea')), title: String(cell.get('title')) },
            ]);
          }
        }
        return cells;
      },
      bytes: store.bytes,
      close: store.close,
    };
  };
};
