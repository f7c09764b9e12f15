import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import { shortestSecret } from '#shared/contract/session-calls.ts';
import { fullName, type Person } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { DeviceIntroduction, SignInResponse } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '#main/db/handles.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { storageProblem } from '../problems.ts';
import { keepSession, type KeptProvider } from '../syncing/keep-tokens.ts';
import type { RegionTrouble } from '../syncing/region-client.ts';
import { makeOwnFile, openOwnFile, takeOverSetAside } from './case-files.ts';
import { hasCaseFile, readCard, readCards, writeCard, type DeskCard } from './desk-cards.ts';
import { newDeviceKey, type DeviceKey } from './device-key.ts';
import { introductionOf } from './introduction.ts';
import type { OpenDesk } from './open-desk.ts';
import { beginAttempt, type Vouched } from './provider-attempt.ts';
import { proveAgain } from './prove-again.ts';
import { regionProblem, type SessionParts } from './session.ts';

/** Opens an address in the system's browser; false where the host cannot, and the window does it. */
export type OpenBrowser = (url: string) => Promise<boolean>;

/** So long an attempt waits for the person at the provider, and then for their secret. */
const patienceMs = 5 * 60_000;

/** Somebody whom the provider vouches for and the region lets in, before their secret has been typed. */
type Ready =
  | {
      readonly file: 'existing';
      readonly card: DeskCard;
      readonly kept: KeptProvider;
      readonly proofSpent: boolean;
    }
  | {
      readonly file: 'new';
      readonly person: Person;
      readonly subject: string;
      readonly kept: KeptProvider;
      readonly deviceId: Id;
      readonly deviceKey: DeviceKey;
      readonly session: SignInResponse;
    };

type Attempt = {
  readonly id: Id;
  /** Gives the person their time anew: at the provider, and again for the secret. */
  readonly wait: () => void;
  readonly end: () => void;
  outcome: Result<Ready, Problem> | null;
};

export type ProviderSignIn = {
  readonly ways: () => Promise<Result<CallOutput<'session.ways'>, Problem>>;
  readonly begin: (
    input: CallArguments<'session.beginProvider'>,
  ) => Promise<Result<CallOutput<'session.beginProvider'>, Problem>>;
  readonly state: (
    input: CallArguments<'session.providerState'>,
  ) => Result<CallOutput<'session.providerState'>, Problem>;
  /** The desk, open; whoever asked puts it up. A wrong secret leaves the attempt for another try. */
  readonly complete: (
    input: CallArguments<'session.completeProvider'>,
  ) => Promise<Result<OpenDesk, Problem>>;
  readonly cancel: (attemptId: Id | null) => void;
};

/** The region's refusals of the provider's word have words of their own. */
const proofProblem = (trouble: RegionTrouble): Problem => {
  const { code, ...rest } = regionProblem(trouble);
  if (code === 'region-wrong-credentials') return { ...rest, code: 'provider-proof-refused' };
  return { ...rest, code: code === 'region-no-access' ? 'provider-no-access' : code };
};

const failed = (desk: OpenDesk, trouble: StorageProblem): Result<never, Problem> => {
  desk.file.close();
  return err(storageProblem(trouble));
};

export const createProviderSignIn = (
  parts: SessionParts,
  openBrowser: OpenBrowser | null,
): ProviderSignIn => {
  const { dataFolder, region } = parts;
  let current: Attempt | null = null;

  const cancel = (attemptId: Id | null): void => {
    if (current === null || (attemptId !== null && current.id !== attemptId)) return;
    current.end();
    current = null;
  };

  const ask = (kept: KeptProvider, device: DeviceIntroduction) =>
    region.signInByProvider({ idToken: kept.idToken, nonce: kept.nonce, device });

  /** Whose card, and whether a case file of theirs lies here: decides which secret is asked for. */
  const meet = async ({ kept, subject }: Vouched): Promise<Result<Ready, Problem>> => {
    const known = readCards(dataFolder).find(
      ({ provider }) => provider?.issuer === kept.issuer && provider.subject === subject,
    );
    if (known && hasCaseFile(dataFolder, known.person.id)) {
      return ok({ file: 'existing', card: known, kept, proofSpent: false });
    }
    const deviceKey = newDeviceKey();
    const deviceId = newId(parts.now(), parts.randomBytes);
    const session = await ask(kept, {
      id: deviceId,
      publicKey: deviceKey.publicKey,
      name: parts.deviceName,
    });
    if (!session.ok) return err(proofProblem(session.error));
    const { person } = session.value;
    const provider = { issuer: kept.issuer, subject };
    const card = readCard(dataFolder, person.id);
    if (!hasCaseFile(dataFolder, person.id)) {
      return ok({
        file: 'new',
        person,
        subject,
        kept,
        deviceId,
        deviceKey,
        session: session.value,
      });
    }
    // Their file was made by a local account, or its card was lost: it has a device key of its own.
    await region.signOut(session.value.token);
    const found: DeskCard = card
      ? { ...card, person, provider }
      : { person, login: '', provider, waiting: null, setAside: null };
    writeCard(dataFolder, found);
    return ok({ file: 'existing', card: found, kept, proofSpent: true });
  };

  /** A session for the file's own device. Without one the file opens all the same: work goes on offline. */
  const beginSession = async (
    desk: OpenDesk,
    ready: Extract<Ready, { file: 'existing' }>,
  ): Promise<Result<OpenDesk, Problem>> => {
    const device = introductionOf(desk.desk.db, parts.deviceName);
    let { kept } = ready;
    let answer = ready.proofSpent ? null : await ask(kept, device);
    const refused =
      answer === null ||
      (!answer.ok && answer.error.kind === 'refused' && answer.error.code === 'wrong-credentials');
    if (refused) {
      // Taken already, or older than the region believes: the provider gives another without the person.
      const again = await proveAgain(kept);
      if (again.ok) {
        kept = again.value;
        answer = await ask(kept, device);
      }
    }
    if (!answer?.ok) {
      // Sync begins the session with it, when the region answers.
      const noted = withTransaction(desk.desk.db, (db) => writeState(db, 'provider', kept));
      return noted.ok ? ok(desk) : failed(desk, noted.error);
    }
    const stored = keepSession(desk.desk.db, answer.value, kept);
    if (!stored.ok) return failed(desk, stored.error);
    const { person } = answer.value;
    writeCard(dataFolder, { ...ready.card, person });
    return ok({ ...desk, desk: { ...desk.desk, person } });
  };

  const completeNew = async (
    ready: Extract<Ready, { file: 'new' }>,
    secret: string,
  ): Promise<Result<OpenDesk, Problem>> => {
    // Code points, so that a letter outside the basic plane is one letter.
    if ([...secret.normalize('NFC')].length < shortestSecret) {
      return err({ code: 'secret-too-short', path: 'secret' });
    }
    const { person } = ready;
    const card = readCard(dataFolder, person.id);
    writeCard(dataFolder, {
      person,
      login: card?.login ?? '',
      provider: { issuer: ready.kept.issuer, subject: ready.subject },
      waiting: 0,
      setAside: card?.setAside ?? null,
    });
    const desk = await makeOwnFile(parts, ready, secret);
    if (!desk.ok) return desk;
    const stored = keepSession(desk.value.desk.db, ready.session, ready.kept);
    if (!stored.ok) return failed(desk.value, stored.error);
    await takeOverSetAside(parts, desk.value, secret);
    return desk;
  };

  const ways = async (): Promise<Result<CallOutput<'session.ways'>, Problem>> => {
    const answer = await region.ways();
    if (!answer.ok) return err(regionProblem(answer.error));
    const { localAccounts, provider } = answer.value;
    return ok({
      localAccounts,
      provider: provider && { host: new URL(provider.issuer).host },
    });
  };

  const begin: ProviderSignIn['begin'] = async ({ language }) => {
    cancel(null);
    const answer = await region.ways();
    if (!answer.ok) return err(regionProblem(answer.error));
    if (answer.value.provider === null) return err({ code: 'provider-not-offered' });

    const id = newId(parts.now(), parts.randomBytes);
    const isCurrent = (): boolean => current?.id === id;
    const begun = await beginAttempt(answer.value.provider, language, async (vouched) => {
      if (current?.id !== id) return 'failed';
      current.wait();
      const outcome = vouched.ok ? await meet(vouched.value) : vouched;
      if (!isCurrent()) return 'failed';
      current.outcome = outcome;
      return outcome.ok ? 'done' : 'failed';
    });
    if (!begun.ok) return begun;
    const { url, listener } = begun.value;
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        listener.close();
        if (current?.id === id) current.outcome = err({ code: 'provider-timeout' });
      }, patienceMs);
    };
    const end = (): void => {
      clearTimeout(timer);
      listener.close();
    };
    cancel(null);
    current = { id, wait, end, outcome: null };
    wait();
    const opened = openBrowser === null ? false : await openBrowser(url);
    return ok({ attemptId: id, url, opened });
  };

  return {
    ways,
    begin,
    state: ({ attemptId }) => {
      if (current?.id !== attemptId) return err({ code: 'provider-attempt-over' });
      const { outcome } = current;
      if (outcome === null) return ok({ state: 'waiting' });
      if (!outcome.ok) return ok({ state: 'failed', problem: outcome.error });
      const ready = outcome.value;
      const person = ready.file === 'existing' ? ready.card.person : ready.person;
      return ok({ state: 'ready', name: fullName(person), needsSecret: ready.file });
    },
    complete: async ({ attemptId, secret }) => {
      const ready = current?.id === attemptId ? current.outcome : null;
      if (!ready?.ok) return err({ code: 'provider-attempt-over' });
      let desk: Result<OpenDesk, Problem>;
      if (ready.value.file === 'new') desk = await completeNew(ready.value, secret);
      else {
        const opened = await openOwnFile(parts, ready.value.card, secret);
        desk = opened.ok ? await beginSession(opened.value, ready.value) : opened;
      }
      if (desk.ok) cancel(attemptId);
      return desk;
    },
    cancel,
  };
};
