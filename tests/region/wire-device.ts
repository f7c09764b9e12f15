import { generateKeyPairSync, sign } from 'node:crypto';
import { jointPlan } from '#shared/domain/codes.ts';
import { currentSchema, signedText, type Change, type SentChange } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import type { PullRequest, PullResponse, Scope } from '#shared/protocol/pull.ts';
import type { PushResponse, Receipt } from '#shared/protocol/push.ts';
import type { ErrorResponse } from '#shared/protocol/session.ts';
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
  const answer = await signInAs(region, person, { id, publicKey, name: 'Koekone' });
  const { token } = answer.json<{ token: string }>();
  const headers = { authorization: `Bearer ${token}` };
  let counter = 0;

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
    time: writeHybridTime(region.now().getTime(), (counter += 1)),
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
    const response = await region.app.inject({
      method: 'POST',
      url: '/v1/push',
      headers,
      payload: { protocol: protocolVersion, changes: [...changes] },
    });
    return { status: response.statusCode, body: response.json() };
  };
  const begun = testId();
  const pull: WireDevice['pull'] = async (ask) => {
    const response = await region.app.inject({
      method: 'POST',
      url: '/v1/pull',
      headers,
      payload: {
        protocol: protocolVersion,
        begun,
        cursor: null,
        awaiting: [],
        erased: [],
        directoryRevision: 0,
        ...ask,
      },
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
    token,
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
            cursor: page.cursor,
            begun: ask.begun,
          };
        }
        ask = { ...ask, cursor: page.cursor, erased: page.left };
      }
    },
  };
};

export type Grant = {
  readonly personId: Id;
  readonly validFrom?: string;
  readonly validTo?: string | null;
};

export const grantOf = ({ personId, validFrom = '2000-01-01', validTo = null }: Grant) => ({
  personId,
  profession: 'physiotherapist',
  taskClass: 'limited-health',
  role: 'participant',
  validFrom,
  validTo,
  ground: '',
});

/** A membership of the person, written by the device. */
export const membership = (device: WireDevice, caseId: Id, grant: Grant): Change =>
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
