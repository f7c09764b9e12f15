import { cellName, type Cell, type CellEdit } from '../plans/plan-work.ts';
import { framedEdits } from '../plans/frames.ts';
import type { OpenReplica } from '../plans/replica.ts';
import { openRxStore, type RxDocument, type RxHandlers } from './rxdb.ts';

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    lifeArea: { type: 'string' },
    title: { type: 'string' },
  },
  required: ['id', 'lifeArea', 'title'],
};

const post = async (url: string, body: unknown): Promise<unknown> => {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
};

/** A document for each need. In a conflict the hub's state wins, as RxDB does unless told otherwise. */
export const openRxdb =
  (): OpenReplica =>
  async ({ hubUrl, device }) => {
    const store = await openRxStore(`device${device}`, schema);
    const pull: RxHandlers['pull'] = async (checkpoint, batchSize) =>
      (await post(`${hubUrl}/pull`, { after: checkpoint?.seq ?? 0, limit: batchSize })) as {
        readonly documents: readonly RxDocument[];
        readonly checkpoint: { seq: number };
      };
    const push: RxHandlers['push'] = async (rows) =>
      (await post(`${hubUrl}/push`, rows)) as readonly RxDocument[];
    /** A replication that only sends still has both ways, or it would not know what the hub has. */
    const noNews: RxHandlers['pull'] = (checkpoint) =>
      Promise.resolve({ documents: [], checkpoint: { seq: checkpoint?.seq ?? 0 } });
    return {
      edit: async ({ plan, record, set }: CellEdit) => {
        const doc = await store.collection.findOne(cellName(plan, record)).exec();
        if (!doc) throw new Error('RxDB holds no such need');
        await doc.incrementalPatch(set);
      },
      push: () => store.replicate({ push, pull: noNews }, framedEdits),
      pull: () => store.replicate({ push, pull }, framedEdits),
      shown: async () => {
        const cells = new Map<string, readonly Cell[]>();
        for (const doc of await store.collection.find().exec()) {
          cells.set(String(doc.get('id')), [
            { lifeArea: String(doc.get('lifeArea')), title: String(doc.get('title')) },
          ]);
        }
        return cells;
      },
      bytes: () => null,
      close: store.close,
    };
  };
