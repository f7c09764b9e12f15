import type { Id } from '#shared/domain/ids.ts';
import type { DeviceIntroduction, SignInResponse } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Transaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { findPerson } from '../directory.ts';
import { readRegionState } from '../region-state.ts';
import { introduceDevice, type DeviceRefusal } from './devices.ts';
import { openSession, type SessionLimits, type SessionWay } from './sessions.ts';
import { logSignIn, type SignInGround } from './sign-in-log.ts';

/** The end of every sign-in: the device is noted, its session opened, and both are on record. */
export const openOnDevice = async (
  tx: Transaction,
  context: RegionContext,
  who: {
    readonly personId: Id;
    readonly device: DeviceIntroduction;
    readonly way: SessionWay;
    /** Why, where it was not for the way itself. */
    readonly ground?: SignInGround;
  },
  limits?: SessionLimits,
): Promise<Result<SignInResponse, DeviceRefusal | 'no-access'>> => {
  const now = context.now();
  const person = await findPerson(tx, who.personId);
  if (person === null || !person.active) return err('no-access');
  const device = await introduceDevice(tx, person.id, who.device, now);
  if (!device.ok) return device;
  const deviceId = who.device.id;
  const session = await openSession(
    tx,
    { personId: person.id, deviceId, way: who.way },
    now,
    context.random,
    limits,
  );
  await logSignIn(tx, context, {
    action: 'sign-in',
    person,
    deviceId,
    ground: who.ground ?? who.way.kind,
  });
  const region = await readRegionState(tx);
  return ok({
    token: session.token,
    refreshToken: session.refreshToken,
    accessUntil: session.accessUntil.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    person,
    region: { id: region.regionId, name: region.name, key: region.key },
  });
};
