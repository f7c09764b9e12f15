import { fetchFrames, inBatches, packed, sendFrame, unpacked } from '../plans/frames.ts';
import { cellName, startCell, type Cell, type CellEdit } from '../plans/plan-work.ts';
import type { OpenReplica } from '../plans/replica.ts';
import { peerPackage } from './packages/peer-package.ts';
import { addressed, addressOf, openUpdateStore } from './update-store.ts';

type Plan = { needs: Record<string, Record<string, string>> };
type Document = Readonly<Plan>;

/** As far as it is used: https://automerge.org/docs */
type Automerge = {
  readonly from: (value: Plan, options: { actor: string }) => Document;
  readonly load: (bytes: Uint8Array, options: { actor: string }) => Document;
  readonly save: (doc: Document) => Uint8Array;
  readonly change: (
    doc: Document,
    options: { time: number },
    work: (doc: Plan) => void,
  ) => Document;
  readonly getLastLocalChange: (doc: Document) => Uint8Array | undefined;
  readonly applyChanges: (doc: Document, changes: Uint8Array[]) => readonly [Document];
};

const actorOf = (number: number): string => number.toString(16).padStart(32, '0');

/** One document a plan, in memory; each change a row in SQLite as it comes. */
export const openAutomerge = async (): Promise<OpenReplica> => {
  const automerge = await peerPackage<Automerge>('@automerge/automerge');
  const starts: Uint8Array[] = [];
  const startOf = (plan: number, records: number): Uint8Array => {
    const known = starts[plan];
    if (known) return known;
    const needs = Object.fromEntries(
      Array.from({ length: records }, (_, record) => [
        String(record),
        { ...startCell(plan, record) },
      ]),
    );
    return (starts[plan] = automerge.save(automerge.from({ needs }, { actor: actorOf(1) })));
  };
  return ({ folder, hubUrl, device, world }) => {
    const store = openUpdateStore(folder);
    let unsent: Uint8Array[] = [];
    let reached = 0;
    const docs = Array.from({ length: world.plans }, (_, plan) => {
      const start = startOf(plan, world.recordsPerPlan);
      store.add(plan, start);
      return automerge.load(start, { actor: actorOf(device + 2) });
    });
    return {
      edit: ({ plan, record, set }: CellEdit) => {
        const doc = docs[plan];
        if (!doc) return;
        const changed = automerge.change(doc, { time: 0 }, ({ needs }) => {
          const cell = needs[String(record)];
          if (!cell) return;
          for (const [field, value] of Object.entries(set)) cell[field] = value;
        });
        docs[plan] = changed;
        const made = automerge.getLastLocalChange(changed);
        if (!made) return;
        store.add(plan, made);
        unsent.push(addressed(plan, made));
      },
      push: async () => {
        for (const batch of inBatches(unsent)) await sendFrame(hubUrl, device, packed(batch));
        unsent = [];
      },
      pull: async () => {
        for (const { seq, body } of await fetchFrames(hubUrl, device, reached)) {
          const updates = unpacked(body).map(addressOf);
          for (const [plan, ofPlan] of Map.groupBy(updates, ([document]) => document)) {
            const doc = docs[plan];
            if (doc)
              [docs[plan]] = automerge.applyChanges(
                doc,
                ofPlan.map(([, change]) => change),
              );
          }
          store.addAll(updates);
          reached = seq;
        }
      },
      shown: () => {
        const cells = new Map<string, readonly Cell[]>();
        for (const [plan, doc] of docs.entries()) {
          for (const [record, cell] of Object.entries(doc.needs)) {
            const { lifeArea = '', title = '' } = cell;
            cells.set(cellName(plan, Number(record)), [{ lifeArea, title }]);
          }
        }
        return cells;
      },
      bytes: store.bytes,
      close: store.close,
    };
  };
};
