import type { CallHandlers, ContractHost, ReplyFrame } from '#shared/contract/transport.ts';
import { calls, type CallInput, type CallName, type CallOutput } from '#shared/contract/calls.ts';
import { eventFrame } from '#shared/contract/border.ts';
import type { EventBody, EventName } from '#shared/contract/events.ts';
import { ok } from '#shared/lib/result.ts';
import { exampleFor } from './examples.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** What a core might say to the calls of every day; the others get the plainest right answer. */
const everydayAnswers = {
  'session.state': { state: 'locked', people: [], person: null, regionName: 'Suvanto' },
  'session.signIn': { state: 'open', people: [], person: null, regionName: 'Suvanto' },
  'session.unlock': { state: 'open', people: [], person: null, regionName: null },
  'session.lock': { state: 'locked', people: [], person: null, regionName: null },
  'session.setAside': { waiting: 3, keptAs: 'tiedosto-1' },
  'clients.search': { total: 0, rows: [] },
  'clients.open': {
    caseId: id(1),
    records: [],
    waiting: 0,
    refused: [],
    access: {
      parts: [
        {
          compartment: 'joint/plan',
          basis: 'relation',
          relation: 'team',
          role: 'custodian',
          basisId: id(7),
          writes: true,
          manages: true,
          untilMs: null,
        },
      ],
    },
    contactCovered: false,
    unread: { whole: false, places: [] },
    unseenThrough: 0,
  },
  'clients.create': { caseId: id(2) },
  'text.search': { hits: [] },
  'records.write': { changes: [{ changeId: id(3), recordId: id(4), group: 'words' }], savedAt: 1 },
  'records.remove': { changes: [], savedAt: 2 },
  'records.restore': { changes: [], savedAt: 3 },
  'drafts.save': { savedAt: 4 },
  'drafts.discard': {},
  'directory.read': { people: [], units: [], absences: [] },
  'sync.status': {
    state: 'idle',
    waiting: 0,
    oldestWaitingSince: null,
    refused: 0,
    inReview: 0,
    conflicts: 0,
    setAside: { incoming: 0, clients: 0 },
    brake: null,
    lastCompletePull: 1_700_000_000_000,
    regionHasAll: true,
    nextTryMs: null,
    firstSync: null,
    lease: null,
    deviceRekeyed: null,
    problem: null,
  },
  'sync.now': {
    state: 'working',
    waiting: 2,
    oldestWaitingSince: 5,
    refused: 0,
    inReview: 0,
    conflicts: 0,
    setAside: { incoming: 0, clients: 0 },
    brake: null,
    lastCompletePull: null,
    regionHasAll: false,
    nextTryMs: 1_700_000_000_500,
    firstSync: { done: 1, waiting: 9, leftMs: 4_000, held: false },
    lease: null,
    deviceRekeyed: null,
    problem: 'server-away',
  },
  'sync.outbox': {
    rows: [
      {
        changeId: id(3),
        caseId: id(1),
        recordId: id(2),
        kind: 'goal',
        group: 'target',
        value: { date: null },
        code: 'no-access',
        time: 1_700_000_000_000,
        clientName: null,
      },
    ],
  },
  'sync.dismissRefused': {},
  'sync.setAside': { incoming: [], plans: [] },
  'sync.tryAgain': { read: 0 },
  'sync.removals': { removals: null },
  'sync.answerRemovals': {},
} satisfies { [N in CallName]?: CallOutput<N> };

const everydayInputs = {
  'session.state': {},
  'session.signIn': { login: 'aino', secret: 'salaisuus' },
  'session.unlock': { personId: id(5), secret: 'salaisuus' },
  'session.lock': {},
  'session.setAside': { personId: id(5) },
  'clients.search': { query: 'äidin', sort: 'name', descending: false, offset: 0, limit: 50 },
  'clients.open': { caseId: id(1), from: 'list' },
  'clients.create': { identity: { familyName: 'Virta' }, language: { code: 'fi' }, unitId: null },
  'text.search': { query: 'kuntoutus', limit: 20 },
  'records.write': {
    caseId: id(1),
    edits: [
      {
        recordId: id(4),
        kind: 'goal',
        compartment: 'joint/plan',
        group: 'words',
        value: { text: 'Kävelen torille asti.' },
        basedOn: [id(6)],
      },
    ],
  },
  'records.remove': { caseId: id(1), recordId: id(4), reason: 'Kirjattu kahdesti' },
  'records.restore': { caseId: id(1), recordId: id(4) },
  'drafts.save': {
    caseId: id(1),
    recordId: id(4),
    kind: 'goal',
    compartment: 'joint/plan',
    group: 'words',
    value: {},
    basedOn: [],
  },
  'drafts.discard': { caseId: id(1), recordId: id(4), group: 'words' },
  'directory.read': {},
  'sync.status': {},
  'sync.now': {},
  'sync.outbox': { limit: 200 },
  'sync.dismissRefused': { changeId: id(3) },
  'sync.setAside': {},
  'sync.tryAgain': {},
  'sync.removals': {},
  'sync.answerRemovals': { answer: 'wait' },
} satisfies { readonly [N in CallName]?: CallInput<N> };

type Example = { readonly [key: string]: unknown };

const forEveryCall = <E extends object>(
  everyday: E,
  of: (name: CallName) => Example,
): E & { readonly [N in Exclude<CallName, keyof E>]: Example } => {
  const others = (Object.keys(calls) as CallName[]).filter(
    (name) => !Object.hasOwn(everyday, name),
  );
  const examples = Object.fromEntries(others.map((name) => [name, of(name)]));
  return { ...everyday, ...(examples as { [N in Exclude<CallName, keyof E>]: Example }) };
};

/** A right answer for every call. */
export const rightAnswers = forEveryCall(everydayAnswers, (name) =>
  exampleFor(calls[name].output, 'output'),
);

/** A right input for every call. */
export const rightInputs = forEveryCall(everydayInputs, (name) =>
  exampleFor(calls[name].input, 'input'),
);

export type ProbeHost = ContractHost & {
  /** What reached the handlers, in order. */
  readonly seen: { readonly name: CallName; readonly input: unknown }[];
  /** Errors that the border kept from the window. */
  readonly unexpected: string[];
  readonly emit: <N extends EventName>(name: N, body: EventBody<N>) => void;
  /** An event that no schema has seen: what a broken core would send. */
  readonly emitRaw: (frame: ReplyFrame) => void;
  readonly listeners: () => number;
};

/**
 * A core of the contract alone: it answers every call rightly, unless the test gives another handler.
 * It stands for the core as the transports see it; the real one has its own tests.
 */
export const probeHost = (own: Partial<CallHandlers> = {}): ProbeHost => {
  const seen: { readonly name: CallName; readonly input: unknown }[] = [];
  const listeners = new Set<(frame: ReplyFrame) => void>();
  const names = Object.keys(rightAnswers) as CallName[];
  const answering = Object.fromEntries(
    names.map((name) => [
      name,
      async (input: never) => {
        seen.push({ name, input });
        const handler = own[name];
        return handler === undefined ? ok(rightAnswers[name]) : handler(input);
      },
    ]),
  );
  const emitRaw = (frame: ReplyFrame): void => {
    for (const listener of listeners) listener(frame);
  };
  return {
    handlers: answering as CallHandlers,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    seen,
    unexpected: [],
    emit: (name, body) => emitRaw(eventFrame(name, body)),
    emitRaw,
    listeners: () => listeners.size,
  };
};
