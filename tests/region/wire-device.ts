import { generateKeyPairSync, sign } from 'node:crypto';
import { jointPlan } from '#shared/domain/codes.ts';
import {
  currentSchema,
  signedText,
  type Change,
  type HybridTime,
  type SentChange,
} from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { teamRoles } from '#shared/domain/records/team.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import type { PullRequest, PullResponse, Scope } from '#shared/protocol/pull.ts';
import type { PushResponse, Receipt } from '#shared/protocol/push.ts';
import type { ErrorResponse } from '#shared/protocol/session.ts';
import type { OnlineCallName, OnlineInput } from '#shared/protocol/online/online-calls.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { signInAs, testId, type TestApp, type TestPerson } from './test-app.ts';

/** A device that speaks the wire by hand, so that a test can say anything, in any order. */
export type WireDevice = {
  readonly id: Id;
  readonly person: TestPerson;
  readonly token: string;
  /** A change by this device's person; a need's assessment unless told otherwise. */
  readonly change: (content: Partial<Change> & Pick<Change, 'caseId'>) => Change;
  readonly signed: (change: Change) => SentChange;
  readonly push: (...changes: readonly Change[]) => Promise<readonly Receipt[]>;
  /** Anything at all in the place of the batch. */
  readonly pushRaw: (
    changes: readonly unknown[],
  ) => Promise<{ readonly status: number; readonly body: PushResponse & ErrorResponse }>;
  readonly pull: (ask: Partial<PullRequest>) => Promise<PullAnswer>;
  /** Pages after the cursor until the server has no more. */
  readonly pullAll: (start?: Partial<PullRequest>) => Promise<Pulled>;
  /** An online call; the body is the answer or the error. */
  readonly ask: <N extends OnlineCallName>(
    name: N,
    input: OnlineInput<N>,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
};

export type PullAnswer =
  | { readonly ok: true; readonly page: PullResponse }
  | { readonly ok: false; readonly status: number; readonly code: string };

/** What a device knows that took every page. */
export type Pulled = {
  readonly pages: readonly PullResponse[];
  readonly changes: ReadonlyMap<Id, Change>;
  readonly entered: readonly Scope[];
  readonly left: readonly Scope[];
  /** The last told of each scope. */
  readonly grants: readonly Grant[];
  readonly cursor: string;
  readonly begun: Id;
};

export const wireDevice = async (
  region: Pick<TestApp, 'app' | 'now'>,
  person: TestPerson,
): Promise<WireDevice> => {
  const keys = generateKeyPairSync('ed25519');
  const publicKey = keys.publicKey
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');
  const id = testId();
  const signIn = async (): Promise<string> => {
    const answer = await signInAs(region, person, { id, publicKey, name: 'Koekone' });
    return answer.json<{ token: string }>().token;
  };
  let token = await signIn();
  /** An access token lasts for minutes: after a test has moved the clock, the device signs in again. */
  const post = async (url: string, payload: object) => {
    const once = () =>
      region.app.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${token}` },
        payload,
      });
    const answer = await once();
    if (answer.statusCode !== 401) return answer;
    token = await signIn();
    return once();
  };
  let counter = 0;
  let time: HybridTime | null = null;

  const change: WireDevice['change'] = (content) => ({
    id: testId(),
    recordId: testId(),
    kind: 'need',
    compartment: jointPlan,
    group: 'assessment',
    value: { text: 'Kävely on epävarmaa.' },
    parents: [],
    authorId: person.personId,
    profession: 'physiotherapist',
    taskClass: 'limited-health',
    time: (time = tick(time, region.now().getTime())),
    schema: currentSchema,
    ...content,
  });
  const signed: WireDevice['signed'] = (written) => ({
    change: written,
    signature: sign(null, Buffer.from(signedText(written), 'utf8'), keys.privateKey).toString(
      'base64url',
    ),
    counter: (counter += 1),
  });
  const pushRaw: WireDevice['pushRaw'] = async (changes) => {
    const response = await post('/v1/push', {
      protocol: protocolVersion,
      changes: [...changes],
    });
    return { status: response.statusCode, body: response.json() };
  };
  const begun = testId();
  const pull: WireDevice['pull'] = async (ask) => {
    const response = await post('/v1/pull', {
      protocol: protocolVersion,
      begun,
      cursor: null,
      awaiting: [],
      erased: [],
      directoryRevision: 0,
      ...ask,
    });
    return response.statusCode === 200
      ? { ok: true, page: response.json<PullResponse>() }
      : {
          ok: false,
          status: response.statusCode,
          code: response.json<ErrorResponse>().code,
        };
  };
  return {
    id,
    person,
    get token() {
      return token;
    },
    change,
    signed,
    pushRaw,
    push: async (...changes) => (await pushRaw(changes.map(signed))).body.receipts,
    pull,
    pullAll: async (start = {}) => {
      const pages: PullResponse[] = [];
      for (let ask = { begun, ...start }; ;) {
        const answered = await pull(ask);
        if (!answered.ok) throw new Error(`pull: ${answered.code}`);
        const { page } = answered;
        pages.push(page);
        if (pages.length > 500) throw new Error('The pull never ends');
        if (!page.more) {
          return {
            pages,
            changes: new Map(
              pages.flatMap((one) =>
                one.changes.map((stored) => [stored.change.id, stored.change]),
              ),
            ),
            entered: pages.flatMap((one) => one.entered),
            left: pages.flatMap((one) => one.left),
            grants: lastTold(pages),
            cursor: page.cursor,
            begun: ask.begun,
          };
        }
        ask = { ...ask, cursor: page.cursor, erased: page.left };
      }
    },
    ask: async (name, input) => {
      const response = await post(`/v1/ask/${name}`, input);
      return { status: response.statusCode, body: response.json() };
    },
  };
};

const lastTold = (pages: readonly PullResponse[]): readonly Grant[] => [
  ...new Map(
    pages.flatMap((page) =>
      page.grants.map((grant) => [`${grant.caseId} ${grant.compartment}`, grant]),
    ),
  ).values(),
];

/** What a membership of a physiotherapist says; other fields by hand. */
export type TeamPlace = {
  readonly personId: Id;
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly role?: (typeof teamRoles)[number];
  readonly profession?: string;
  readonly taskClass?: string;
  readonly supervisorId?: Id;
};

export const grantOf = (place: TeamPlace) => ({
  profession: 'physiotherapist',
  taskClass: 'limited-health',
  role: 'participant',
  validFrom: '2000-01-01',
  validTo: null,
  ground: '',
  ...place,
});

/** A membership of the person, written by the device. */
export const membership = (device: WireDevice, caseId: Id, grant: TeamPlace): Change =>
  device.change({ caseId, kind: 'membership', group: 'grant', value: grantOf(grant) });

/** Makes a client by its founder's own membership, and a need. */
export const foundClient = async (
  device: WireDevice,
): Promise<{ readonly caseId: Id; readonly own: Change; readonly need: Change }> => {
  const caseId = testId();
  const own = membership(device, caseId, { personId: device.person.personId });
  const need = device.change({ caseId });
  const receipts = await device.push(own, need);
  if (receipts.some((receipt) => receipt.verdict !== 'stored')) {
    throw new Error(JSON.stringify(receipts));
  }
  return { caseId, own, need };
};

/** What a receipt says in one word: the verdict, or the code of a refusal. */
export const wordOf = (receipt: Receipt): string =>
  receipt.verdict === 'refused' ? receipt.code : receipt.verdict;
