import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { LoggedChange } from '#shared/protocol/online/history.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import type { RegionClient, RegionTrouble } from '#main/core/syncing/region-client.ts';
import { historyFetch } from '#main/core/history/fetch-history.ts';
import type { BareDesk } from './device-fixture.ts';

type Asked = OnlineInput<'history.client'>;
type Page = OnlineOutput<'history.client'>;

/** A region's log that answers pages by hand, two versions at a time. */
export type LogByHand = {
  readonly log: LoggedChange[];
  readonly add: (seq: number, change: Change, receivedMs?: number) => void;
  readonly asked: Asked[];
  /** After so many answers the line is cut; null: never. */
  cutAfter: number | null;
  /** The epoch that its answers name. */
  epoch: Id;
  /** The line to it. */
  readonly region: Pick<RegionClient, 'ask'>;
  /** Runs the fetch of a program that has just been started. */
  readonly fetch: (mayGoOn?: () => boolean) => Promise<readonly Id[]>;
};

const pageSize = 2;

export const logByHand = (bare: BareDesk): LogByHand => {
  const answer = ({ caseId, compartments, after }: Asked): Page => {
    const left = hand.log.filter(
      ({ seq, change }) =>
        seq > after && change.caseId === caseId && compartments.includes(change.compartment),
    );
    const versions = left.slice(0, pageSize);
    const more = left.length > pageSize;
    const through = more
      ? (versions.at(-1)?.seq ?? after)
      : Math.max(after, ...hand.log.map(({ seq }) => seq));
    const atMs = bare.desk.now();
    return { epoch: hand.epoch, atMs, compartments, versions, through, more };
  };
  const ask = async (
    _token: string,
    _name: string,
    input: unknown,
  ): Promise<Result<unknown, RegionTrouble>> => {
    if (hand.cutAfter !== null && hand.asked.length >= hand.cutAfter) {
      return err({ kind: 'offline' });
    }
    hand.asked.push(input as Asked);
    return ok(answer(input as Asked));
  };
  const hand: LogByHand = {
    log: [],
    asked: [],
    region: { ask } as Pick<RegionClient, 'ask'>,
    cutAfter: null,
    epoch: bare.epoch,
    add: (seq, change, receivedMs = bare.desk.now()) => {
      hand.log.push({ seq, change, receivedMs });
    },
    fetch: async (mayGoOn = () => true) => {
      const came: Id[] = [];
      await historyFetch(bare.desk).run({
        region: hand.region,
        token: 'lippu',
        mayGoOn,
        onCame: (caseId) => came.push(caseId),
      });
      return came;
    },
  };
  return hand;
};
