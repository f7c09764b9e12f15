import { randomBytes } from 'node:crypto';
import { jointPlan } from '#shared/domain/codes.ts';
import type { ClientView, GroupView, RecordView } from '#shared/contract/views.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { foundClient, type WireDevice } from '../region/wire-device.ts';
import { eventually, recordOf, shownHeads } from './desks.ts';
import { startRegionWorld, type LinedDesk, type RegionWorld } from './region-world.ts';

/** Two desks, a region and lines between them; each test takes a client of its own. */
export type Pair = {
  readonly world: RegionWorld;
  /** Founds clients by speaking the wire by hand. */
  readonly founder: WireDevice;
  readonly one: LinedDesk;
  readonly two: LinedDesk;
  readonly both: readonly LinedDesk[];
  /** A client of both desks with one need. */
  readonly sharedClient: () => Promise<
    Awaited<ReturnType<typeof foundClient>> & { readonly recordId: Id }
  >;
  readonly setOnline: (online: boolean) => void;
  /** How many changes of the client the region has. */
  readonly logOf: (caseId: Id) => Promise<number>;
};

export const startPair = async (): Promise<Pair> => {
  const world = await startRegionWorld();
  const founder = await world.wire(await world.newPerson('perustaja'));
  const one = await world.newDesk(await world.newPerson('kaisa'));
  const two = await world.newDesk(await world.newPerson('ville'));
  const both = [one, two];
  return {
    world,
    founder,
    one,
    two,
    both,
    sharedClient: async () => {
      const made = await foundClient(founder);
      for (const { person } of both) await world.letIn(founder, made.caseId, person);
      for (const lined of both) await opened(lined, made.caseId);
      return { ...made, recordId: made.need.recordId };
    },
    setOnline: (online) => {
      for (const { line } of both) line.setOnline(online);
    },
    logOf: async (caseId) => {
      const [row] = await world.database.db.query<{ count: number }>(
        'SELECT count(*) AS count FROM change_log WHERE case_id = $1',
        [caseId],
      );
      return row?.count ?? 0;
    },
  };
};

export const anId = (): Id => newId(Date.now(), (length) => randomBytes(length));

/** The client as the desk has it, once it fits. */
export const opened = (
  lined: Pick<LinedDesk, 'desk'>,
  caseId: Id,
  fits: (view: ClientView) => boolean = () => true,
): Promise<ClientView> =>
  eventually('the plan as expected', async () => {
    await lined.desk().get('sync.now', {});
    const view = await lined.desk().call('clients.open', { caseId, from: 'list' });
    return view.ok && fits(view.value) ? view.value : null;
  });

/** Writes one group of a need, by default on top of what the desk shows. @returns the change's id */
export const write = async (
  lined: Pick<LinedDesk, 'desk'>,
  caseId: Id,
  recordId: Id,
  group: string,
  value: object,
  basedOn?: readonly Id[],
): Promise<Id> => {
  const view = await lined.desk().get('clients.open', { caseId, from: 'list' });
  const record = view.records.find((known) => known.id === recordId);
  const written = await lined.desk().get('records.write', {
    caseId,
    edits: [
      {
        recordId,
        kind: 'need',
        compartment: jointPlan,
        group,
        value: value as never,
        basedOn: [...(basedOn ?? (record ? shownHeads(record, group) : []))],
      },
    ],
  });
  return written.changes[0]?.changeId ?? '';
};

export const heading = (title: string) => ({ lifeArea: 'everyday-life', title });
export const status = (reason: string) => ({ status: 'open', reason, date: null });

export const needOf = (view: ClientView, recordId: Id): RecordView =>
  recordOf(view, 'need', (record) => record.id === recordId);
export const groupIn = (view: ClientView, recordId: Id, group: string): GroupView | undefined =>
  view.records.find((record) => record.id === recordId)?.groups[group];
export const stateIn = (view: ClientView, recordId: Id, group: string) =>
  groupIn(view, recordId, group)?.state;
export const settledAs = (
  view: ClientView,
  recordId: Id,
  group: string,
  value: object,
): boolean => {
  const shown = groupIn(view, recordId, group);
  return (
    shown?.state === 'settled' &&
    Object.entries(value).every(([field, held]) => shown.value[field] === held)
  );
};
