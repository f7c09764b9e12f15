import type { CallArguments, Problem } from '#shared/contract/calls.ts';
import type { SessionState } from '#shared/contract/views.ts';
import { fullName } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { setAsideCaseFile } from '#main/db/file/rescue.ts';
import { atBorder } from '#main/db/handles.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { DeviceIntroduction, SignInResponse } from '#shared/protocol/session.ts';
import { storageProblem } from '../problems.ts';
import { keepSession } from '../syncing/keep-tokens.ts';
import type { RegionClient, RegionTrouble } from '../syncing/region-client.ts';
import { makeOwnFile, openOwnFile, takeOverSetAside, type CaseFileParts } from './case-files.ts';
import {
  caseFilePath,
  hasCaseFile,
  readCard,
  readCards,
  writeCard,
  type DeskCard,
} from './desk-cards.ts';
import { newDeviceKey } from './device-key.ts';
import { introductionOf } from './introduction.ts';
import { waitingAt, type OpenDesk } from './open-desk.ts';
import { rekey } from './rekey.ts';

export type SessionParts = CaseFileParts & {
  readonly region: RegionClient;
  readonly deviceName: string;
};

type Credentials = { readonly login: string; readonly secret: string };

/** Who is at the desk. One person at a time; another's file stays locked with its own key. */
export type Session = {
  readonly current: () => OpenDesk | null;
  readonly state: () => SessionState;
  readonly signIn: (input: Credentials) => Promise<Result<Opened, Problem>>;
  readonly unlock: (input: CallArguments<'session.unlock'>) => Promise<Result<Opened, Problem>>;
  /** Puts up a desk that was opened in another way, in the place of whoever was there. */
  readonly adopt: (desk: OpenDesk) => Opened;
  /** Takes a new id and key for the open desk, which turned out to be copied (SPEC I3). */
  readonly rekey: (desk: OpenDesk) => Result<OpenDesk, Problem>;
  /** Closes the case file and forgets its keys. */
  readonly lock: () => void;
  readonly setAside: (personId: Id) => Result<{ waiting: number | null; keptAs: string }, Problem>;
};

/** What opening a desk leaves to sync: credentials to begin a session with, if there is none yet. */
export type Opened = { readonly desk: OpenDesk; readonly credentials: Credentials | null };

/** Why the region did not do what was asked, as a code that the window has words for. */
export const regionProblem = (trouble: RegionTrouble): Problem => {
  if (trouble.kind !== 'refused') return { code: `region-${trouble.kind}` };
  return {
    code: `region-${trouble.code}`,
    ...(trouble.retryAfterSeconds === undefined
      ? {}
      : { retryAfterSeconds: trouble.retryAfterSeconds }),
  };
};

export const createSession = (parts: SessionParts): Session => {
  const { dataFolder, region } = parts;
  let open: OpenDesk | null = null;

  const lock = (): void => {
    if (!open) return;
    const { desk, file } = open;
    open = null;
    // The card only tells how much waits: a full or broken disk must not keep the desk open for it.
    atBorder(() => {
      const card = readCard(dataFolder, desk.person.id);
      if (card) writeCard(dataFolder, { ...card, waiting: waitingAt(file) });
    });
    file.close();
  };

  /** Puts the desk up, in the place of whoever was there. */
  const putUp = (desk: OpenDesk, credentials: Credentials | null): Opened => {
    lock();
    open = desk;
    return { desk, credentials };
  };

  const unlock: Session['unlock'] = async ({ personId, secret }) => {
    const card = readCard(dataFolder, personId);
    if (!card) return err({ code: 'not-found' });
    if (open?.desk.person.id === personId) lock();
    const desk = await openOwnFile(parts, card, secret);
    if (!desk.ok) return desk;
    // The identity provider's people have no account that their secret would open.
    return ok(putUp(desk.value, card.login === '' ? null : { login: card.login, secret }));
  };

  const askRegion = async (
    { login, secret }: Credentials,
    device: DeviceIntroduction,
  ): Promise<Result<SignInResponse, Problem>> => {
    const answer = await region.signIn({ login, secret, device });
    return answer.ok ? answer : err(regionProblem(answer.error));
  };

  const keep = (desk: OpenDesk, answer: SignInResponse): Result<void, Problem> => {
    const kept = keepSession(desk.desk.db, answer, null);
    if (kept.ok) return ok(undefined);
    desk.file.close();
    return err(storageProblem(kept.error));
  };

  /** Somebody with a case file here: it opens with its own secret first, network or not. */
  const signInAtOwnFile = async (
    card: DeskCard,
    credentials: Credentials,
  ): Promise<Result<Opened, Problem>> => {
    if (open?.desk.person.id === card.person.id) lock();
    const desk = await openOwnFile(parts, card, credentials.secret);
    if (!desk.ok) return desk;
    const answer = await askRegion(
      credentials,
      introductionOf(desk.value.desk.db, parts.deviceName),
    );
    // A device that was copied as well: sync hears it too, takes a new id for it and signs in with that.
    if (!answer.ok) return ok(putUp(desk.value, credentials));
    const kept = keep(desk.value, answer.value);
    if (!kept.ok) return kept;
    const { person } = answer.value;
    writeCard(dataFolder, { ...card, person });
    return ok(putUp({ ...desk.value, desk: { ...desk.value.desk, person } }, null));
  };

  /** Somebody new on this computer: the region says who it is, then the case file is made. */
  const signInAnew = async (credentials: Credentials): Promise<Result<Opened, Problem>> => {
    const deviceKey = newDeviceKey();
    const deviceId = newId(parts.now(), parts.randomBytes);
    const answer = await askRegion(credentials, {
      id: deviceId,
      publicKey: deviceKey.publicKey,
      name: parts.deviceName,
    });
    if (!answer.ok) return answer;
    const { person } = answer.value;
    const { login, secret } = credentials;
    const known = readCard(dataFolder, person.id);
    const card: DeskCard = {
      person,
      login,
      provider: known?.provider ?? null,
      waiting: null,
      setAside: known?.setAside ?? null,
    };
    if (hasCaseFile(dataFolder, person.id)) {
      // The card was lost but the file is here: never a second file beside it.
      writeCard(dataFolder, card);
      return signInAtOwnFile(card, credentials);
    }
    writeCard(dataFolder, { ...card, waiting: 0 });
    const desk = await makeOwnFile(parts, { person, deviceId, deviceKey }, secret);
    if (!desk.ok) return desk;
    const kept = keep(desk.value, answer.value);
    if (!kept.ok) return kept;
    await takeOverSetAside(parts, desk.value, secret);
    return ok(putUp(desk.value, null));
  };

  return {
    current: () => open,
    state: () => ({
      state: open ? 'open' : 'locked',
      people: readCards(dataFolder).map((card) => ({
        personId: card.person.id,
        name: fullName(card.person),
        profession: card.person.profession,
        login: card.login,
        waiting: open?.desk.person.id === card.person.id ? waitingAt(open.file) : card.waiting,
        problem: null,
      })),
      person: open?.desk.person ?? null,
      regionName: open ? readState(open.desk.db, 'regionName') : null,
    }),
    signIn: async (credentials) => {
      const login = credentials.login.trim().toLowerCase();
      const tidy = { login, secret: credentials.secret };
      const card = readCards(dataFolder).find((known) => login !== '' && known.login === login);
      return card && hasCaseFile(dataFolder, card.person.id)
        ? signInAtOwnFile(card, tidy)
        : signInAnew(tidy);
    },
    unlock,
    adopt: (desk) => putUp(desk, null),
    rekey: (desk) => {
      const done = rekey(desk);
      if (!done.ok) return err(storageProblem(done.error));
      open = done.value;
      return done;
    },
    lock,
    setAside: (personId) => {
      const card = readCard(dataFolder, personId);
      if (!card) return err({ code: 'not-found' });
      if (open?.desk.person.id === personId) lock();
      const done = setAsideCaseFile(caseFilePath(dataFolder, personId), parts.now());
      if (!done.ok) return err({ code: `case-file-${done.error.kind}` });
      const setAside = { ...done.value, files: [...done.value.files] };
      writeCard(dataFolder, { ...card, setAside });
      return ok({ waiting: card.waiting, keptAs: done.value.folder });
    },
  };
};
