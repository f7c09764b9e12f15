import type { SignInRequest, SignInResponse } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '../../db/pool.ts';
import { checkCredentials, type SignInRefusal } from './accounts.ts';
import type { RegionContext } from '../context.ts';
import { introduceDevice } from './devices.ts';
import { findPerson } from '../directory.ts';
import { readRegionState } from '../region-state.ts';
import { openSession, type SessionLimits } from './sessions.ts';

/** Signs a person in on a device with a local account. */
export const signIn = async (
  context: RegionContext,
  request: SignInRequest,
  address: string,
  limits?: SessionLimits,
): Promise<Result<SignInResponse, SignInRefusal | { readonly code: 'device-revoked' }>> => {
  const checked = await checkCredentials(context, request, address);
  if (!checked.ok) return checked;
  const { personId } = checked.value;
  return withTransaction(context.db, async (tx) => {
    const now = context.now();
    const device = await introduceDevice(tx, personId, request.device, now);
    if (!device.ok) return err({ code: device.error });
    const who = { personId, deviceId: request.device.id };
    const session = await openSession(tx, who, now, context.random, limits);
    const person = await findPerson(tx, personId);
    const region = await readRegionState(tx);
    if (person === null) return err({ code: 'wrong-credentials' as const });
    return ok({
      token: session.token,
      person,
      region: { id: region.regionId, name: region.name },
      expiresAt: session.expiresAt.toISOString(),
    });
  });
};
