import type { CallArguments, Problem } from '#shared/contract/calls.ts';
import type { SessionState } from '#shared/contract/views.ts';
import { fullName, type Person } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { withTransaction } from '#main/db/handles.ts';
import type { Argon2Parameters } from '#main/db/file/key-wrap.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { setAsideCaseFile } from '#main/db/file/rescue.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { SignInResponse } from '#shared/protocol/session.ts';
import type { Surroundings } from '../desk.ts';
import { storageProblem } from '../problems.ts';
import type { RegionClient, RegionTrouble } from '../syncing/region-client.ts';
import {
  caseFilePath,
  hasCaseFile,
  readCard,
  readCards,
  writeCard,
  type DeskCard,
} from './desk-cards.ts';
import { newDeviceKey, publicKeyOf, type DeviceKey } from './device-key.ts';
import { caseFileProblem, deskOn, waitingAt, type OpenDesk } from './open-desk.ts';
import { takeOverUnsent } from './take-over-unsent.ts';

export type SessionParts = Surroundings & {
  readonly dataFolder: string;
  readonly region: RegionClient;
  readonly deviceName: string;
  readonly keyChainSecret: Uint8Array | null;
  /** Cheaper in tests; the program uses the case file's own. */
  readonly argon2?: Argon2Parameters;
};

type Credentials = { readonly login: string; readonly secret: string };

/** Who is at the desk. One person at a time; another's file stays locked with its own key. */
export type Session = {
  readonly current: () => OpenDesk | null;
  readonly state: () => SessionState;
  readonly signIn: (input: Credentials) => Promise<Result<Opened, Problem>>;
  readonly unlock: (input: CallArguments<'session.unlock'>) => Promise<Result<Opened, Problem>>;
  /** Closes the case file and forgets its keys. */
  readonly lock: () => void;
  readonly setAside: (personId: Id) => Result<{ waiting: number | null; keptAs: string }, Problem>;
};

/** What opening a desk leaves to sync: credentials to begin a session with, if there is none yet. */
export type Opened = { readonly desk: OpenDesk; readonly credentials: Credentials | null };

const regionProblem = (trouble: RegionTrouble): Problem => {
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

  const secretsOf = (secret: string) => ({ secret, keyChainSecret: parts.keyChainSecret });

  const lock = (): void => {
    if (!open) return;
    const { desk, file } = open;
    const card = readCard(dataFolder, desk.person.id);
    if (card) writeCard(dataFolder, { ...card, waiting: waitingAt(file) });
    open = null;
    file.close();
  };

  const openFile = async (card: DeskCard, secret: string): Promise<Result<OpenDesk, Problem>> => {
    const opened = await openCaseFile({
      path: caseFilePath(dataFolder, card.person.id),
      secrets: secretsOf(secret),
    });
    if (!opened.ok) return err(caseFileProblem(opened.error));
    return deskOn(opened.value, card.person, parts);
  };

  /** Puts the desk up, in the place of whoever was there. */
  const putUp = (desk: OpenDesk, credentials: Credentials | null): Result<Opened, Problem> => {
    lock();
    open = desk;
    return ok({ desk, credentials });
  };

  const unlock: Session['unlock'] = async ({ personId, secret }) => {
    const card = readCard(dataFolder, personId);
    if (!card) return err({ code: 'not-found' });
    if (open?.desk.person.id === personId) lock();
    const desk = await openFile(card, secret);
    return desk.ok ? putUp(desk.value, { login: card.login, secret }) : desk;
  };

  const askRegion = async (
    { login, secret }: Credentials,
    deviceId: Id,
    publicKey: string,
  ): Promise<Result<SignInResponse, Problem>> => {
    const device = { id: deviceId, publicKey, name: parts.deviceName };
    const answer = await region.signIn({ login, secret, device });
    return answer.ok ? answer : err(regionProblem(answer.error));
  };

  const keepSession = (desk: OpenDesk, answer: SignInResponse): Result<void, Problem> => {
    const kept = withTransaction(desk.desk.db, (db) => {
      writeState(db, 'sessionToken', answer.token);
      writeState(db, 'regionName', answer.region.name);
    });
    return kept.ok ? ok(undefined) : err(storageProblem(kept.error));
  };

  /** Somebody with a case file here: it opens with its own secret first, network or not. */
  const signInAtOwnFile = async (
    card: DeskCard,
    credentials: Credentials,
  ): Promise<Result<Opened, Problem>> => {
    if (open?.desk.person.id === card.person.id) lock();
    const desk = await openFile(card, credentials.secret);
    if (!desk.ok) return desk;
    const key = readState(desk.value.desk.db, 'deviceKey') ?? '';
    const answer = await askRegion(credentials, desk.value.desk.deviceId, publicKeyOf(key));
    if (!answer.ok) return putUp(desk.value, credentials);
    const kept = keepSession(desk.value, answer.value);
    if (!kept.ok) {
      desk.value.file.close();
      return kept;
    }
    const { person } = answer.value;
    writeCard(dataFolder, { ...card, person });
    return putUp({ ...desk.value, desk: { ...desk.value.desk, person } }, null);
  };

  const makeFile = async (
    person: Person,
    deviceId: Id,
    deviceKey: DeviceKey,
    secret: string,
  ): Promise<Result<OpenDesk, Problem>> => {
    const made = await createCaseFile({
      path: caseFilePath(dataFolder, person.id),
      secrets: secretsOf(secret),
      personId: person.id,
      deviceId,
      createdAtMs: parts.now(),
      ...(parts.argon2 === undefined ? {} : { argon2: parts.argon2 }),
    });
    if (!made.ok) return err(caseFileProblem(made.error));
    const kept = withTransaction(made.value.db, (db) =>
      writeState(db, 'deviceKey', deviceKey.privateKey),
    );
    if (!kept.ok) {
      made.value.close();
      return err(storageProblem(kept.error));
    }
    return deskOn(made.value, person, parts);
  };

  /** Somebody new on this computer: the region says who it is, then the case file is made. */
  const signInAnew = async (credentials: Credentials): Promise<Result<Opened, Problem>> => {
    const deviceKey = newDeviceKey();
    const deviceId = newId(parts.now(), parts.randomBytes);
    const answer = await askRegion(credentials, deviceId, deviceKey.publicKey);
    if (!answer.ok) return answer;
    const { person } = answer.value;
    if (hasCaseFile(dataFolder, person.id)) {
      // The card was lost but the file is here: never a second file beside it.
      const card: DeskCard = { person, login: credentials.login, waiting: null, setAside: null };
      writeCard(dataFolder, card);
      return signInAtOwnFile(card, credentials);
    }
    const earlier = readCard(dataFolder, person.id)?.setAside ?? null;
    writeCard(dataFolder, {
      person,
      login: credentials.login,
      waiting: 0,
      setAside: earlier,
    });
    const desk = await makeFile(person, deviceId, deviceKey, credentials.secret);
    if (!desk.ok) return desk;
    const kept = keepSession(desk.value, answer.value);
    if (!kept.ok) {
      desk.value.file.close();
      return kept;
    }
    if (earlier) {
      const taken = await takeOverUnsent(desk.value.desk, earlier, secretsOf(credentials.secret));
      if (taken !== null) {
        writeCard(dataFolder, { person, login: credentials.login, waiting: 0, setAside: null });
      }
    }
    return putUp(desk.value, null);
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
      const card = readCards(dataFolder).find((known) => known.login === login);
      return card && hasCaseFile(dataFolder, card.person.id)
        ? signInAtOwnFile(card, tidy)
        : signInAnew(tidy);
    },
    unlock,
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
