import type { ProviderSignInRequest, SignInResponse } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { findPerson } from '../directory.ts';
import type { SignInRefusal } from './accounts.ts';
import { readClaims } from './claims.ts';
import type { DeviceRefusal } from './devices.ts';
import { countAddress, takeBackAddress } from './guessing.ts';
import type { Provider } from './identity.ts';
import { openOnDevice } from './open-on-device.ts';
import { personOfClaims } from './provider-person.ts';
import { checkIdToken, checkLogoutToken, takeProof, type Proof } from './provider-token.ts';
import { endProviderSessions, type SessionLimits } from './sessions.ts';
import { countSignIn, logSignIn } from './sign-in-log.ts';

type Refusal = SignInRefusal | { readonly code: DeviceRefusal | 'no-access' };

/**
 * Signs a person in on a device by the provider's word. `wrong-credentials`: the proof does not hold, is
 * too old or was used before; `no-access`: it holds, but the region has no place for this person.
 * @param address where the request came from, to slow down whoever tries many
 */
export const signInByProvider = async (
  context: RegionContext,
  provider: Provider,
  request: ProviderSignInRequest,
  address: string,
  limits?: SessionLimits,
): Promise<Result<SignInResponse, Refusal>> => {
  const answer = await attempt(context, provider, request, address, limits);
  const outcome = answer.ok ? 'signed-in' : answer.error.code;
  await countSignIn(context.db, 'provider', outcome, context.now());
  return answer;
};

const attempt = async (
  context: RegionContext,
  provider: Provider,
  request: ProviderSignInRequest,
  address: string,
  limits?: SessionLimits,
): ReturnType<typeof signInByProvider> => {
  const { db, now } = context;
  const wait = await countAddress(db, address, now());
  if (wait > 0) return err({ code: 'slow-down', retryAfterSeconds: wait });
  const proof = await checkIdToken(provider, request, now());
  if (!proof.ok) return err({ code: proof.error });
  // Taken whatever comes of it: a proof is for one try.
  if (!(await takeProof(db, proof.value))) return err({ code: 'wrong-credentials' });
  await takeBackAddress(db, address);
  const opened = await open(context, provider, request, proof.value, limits);
  return opened.ok ? opened : err({ code: opened.error });
};

const open = async (
  context: RegionContext,
  { issuer }: Provider,
  { device }: ProviderSignInRequest,
  { payload, providerSession }: Proof,
  limits?: SessionLimits,
): Promise<Result<SignInResponse, DeviceRefusal | 'no-access'>> => {
  const claims = readClaims(payload);
  if (!claims.ok) return err('no-access');
  return withTransaction(context.db, async (tx) => {
    const personId = await personOfClaims(tx, context, issuer, claims.value);
    if (!personId.ok) return personId;
    const way = { kind: 'provider', issuer, subject: payload.sub, providerSession } as const;
    return openOnDevice(tx, context, { personId: personId.value, device, way }, limits);
  });
};

/** Ends the sessions that the provider says have ended with its own. */
export const endByProvider = async (
  context: RegionContext,
  provider: Provider,
  logoutToken: string,
): Promise<Result<true, 'bad-request'>> => {
  const checked = await checkLogoutToken(provider, logoutToken, context.now());
  if (!checked.ok) return checked;
  const { subject, providerSession } = checked.value;
  return withTransaction(context.db, async (tx) => {
    if (!(await takeProof(tx, checked.value))) return err('bad-request' as const);
    const whose = { issuer: provider.issuer, subject, providerSession };
    for (const session of await endProviderSessions(tx, whose, context.now())) {
      const person = await findPerson(tx, session.personId);
      if (person === null) continue;
      const { deviceId } = session;
      await logSignIn(tx, context, {
        action: 'sign-out',
        person,
        deviceId,
        ground: 'provider-logout',
      });
    }
    return ok(true as const);
  });
};
