import type { Id } from '#shared/domain/ids.ts';
import type { Step } from '#shared/protocol/step.ts';
import { stepFollows } from '#shared/sync/steps.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Transaction } from '../../db/pool.ts';

/**
 * Takes a device's step, or refuses it as late or a copy's (SPEC I2). First in the transaction of what it
 * asks for, so that requests of one device take turns and a refused one does nothing. Under another epoch
 * the region may have lost steps: the first one is taken whatever it names. A device of version 2 has none.
 * A refusal leaves no mark on the device: a request of its own that comes late must not cost it its id.
 */
export const takeStep = async (
  tx: Transaction,
  deviceId: Id,
  step: Step | undefined,
  epoch: Id,
): Promise<Result<true, 'device-copied'>> => {
  const [known] = await tx.query<{ mark: string | null; replaced: boolean }>(
    `SELECT CASE WHEN step_epoch = $2 THEN last_step END AS mark, replaced_at IS NOT NULL AS replaced
     FROM device WHERE id = $1 FOR NO KEY UPDATE`,
    [deviceId, epoch],
  );
  if (known?.replaced === true) return err('device-copied');
  if (step === undefined) return ok(true);
  if (!stepFollows(known?.mark ?? null, step)) return err('device-copied');
  await tx.query('UPDATE device SET last_step = $2, step_epoch = $3 WHERE id = $1', [
    deviceId,
    step.mark,
    epoch,
  ]);
  return ok(true);
};
