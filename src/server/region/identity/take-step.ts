import type { Id } from '#shared/domain/ids.ts';
import type { Step } from '#shared/protocol/step.ts';
import { stepFollows } from '#shared/sync/steps.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Transaction } from '../../db/pool.ts';

/** Where a device's pull stands (SPEC L4); read with its step, in one look at its row. */
export type PullStanding = {
  readonly begun: Id | null;
  readonly page: string | null;
  readonly offered: readonly string[];
};

type Row = PullStanding & {
  readonly mark: string | null;
  readonly number: number | null;
  readonly replaced: boolean;
};

/**
 * Takes a device's step, or refuses it as late or a copy's (SPEC I2). First in the transaction of what it
 * asks for, so that requests of one device take turns and a refused one does nothing. A device of version 2
 * makes no steps. A refusal leaves no mark on the device: a request of its own that comes late must not cost
 * it its id.
 */
export const takeStep = async (
  tx: Transaction,
  deviceId: Id,
  step: Step | undefined,
): Promise<Result<PullStanding, 'device-copied'>> => {
  const [known] = await tx.query<Row>(
    `SELECT pull_begun AS begun, pull_page AS page, pull_offered AS offered,
            last_step AS mark, last_step_number AS number, replaced_at IS NOT NULL AS replaced
     FROM device WHERE id = $1 FOR NO KEY UPDATE`,
    [deviceId],
  );
  if (known === undefined) throw new Error('A session is of a device that is not there');
  if (known.replaced) return err('device-copied');
  if (step === undefined) return ok(known);
  const { mark, number } = known;
  const last = mark !== null && number !== null ? { mark, number } : null;
  if (!stepFollows(last, step)) return err('device-copied');
  await tx.query('UPDATE device SET last_step = $2, last_step_number = $3 WHERE id = $1', [
    deviceId,
    step.mark,
    step.number,
  ]);
  return ok(known);
};
