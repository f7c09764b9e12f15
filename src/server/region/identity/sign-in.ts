import type { SignInRequest, SignInResponse } from '#shared/protocol/session.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { findPerson } from '../directory.ts';
import { checkCredentials, type SignInRefusal } from './accounts.ts';
import type { DeviceRefusal } from './devices.ts';
import { openOnDevice } from './open-on-device.ts';
import { endSession, type Session, type SessionLimits } from './sessions.ts';
import { countSignIn, logSignIn } from './sign-in-log.ts';

/** Signs a person in on a device with a local account. */
export const signIn = async (
  context: RegionContext,
  request: SignInRequest,
  address: string,
  limits?: SessionLimits,
): Promise<Result<SignInResponse, SignInRefusal | { readonly code: DeviceRefusal }>> => {
  const answer = await attempt(context, request, address, limits);
  const outcome = answer.ok ? 'signed-in' : answer.error.code;
  await countSignIn(context.db, 'account', outcome, context.now());
  return answer;
};

const attempt = async (
  context: RegionContext,
  request: SignInRequest,
  address: string,
  limits?: SessionLimits,
): ReturnType<typeof signIn> => {
  const checked = await checkCredentials(context, request, address);
  if (!checked.ok) return checked;
  const { personId } = checked.value;
  const who = { personId, device: request.device, way: { kind: 'account' } } as const;
  const opened = await withTransaction(context.db, (tx) => openOnDevice(tx, context, who, limits));
  if (opened.ok) return opened;
  // Somebody who left between the two steps is answered like a wrong secret.
  return err({ code: opened.error === 'no-access' ? 'wrong-credentials' : opened.error });
};

/** Ends a session because its person asks for it. */
export const signOut = (context: RegionContext, session: Session): Promise<void> =>
  withTransaction(context.db, async (tx) => {
    await endSession(tx, session.id, context.now());
    const person = await findPerson(tx, session.personId);
    if (person === null) return;
    const { deviceId } = session;
    await logSignIn(tx, context, { action: 'sign-out', person, deviceId, ground: 'asked' });
  });
