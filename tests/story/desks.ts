import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startNodeCore } from '#main/hosts/node/node-core.ts';
import type { CallArguments, CallName, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { ClientView, RecordView, SyncStatus } from '#shared/contract/views.ts';
import type { Result } from '#shared/lib/result.ts';

/** Stretching that costs nothing: tests of stories are no tests of key stretching. */
export const cheapArgon2 = { memoryKiB: 256, passes: 1, lanes: 1 } as const;

/** Waits until `check` gives something, looking often; says what was waited for when it never does. */
export const eventually = async <T>(
  what: string,
  check: () => Promise<T | null | undefined | false>,
  patienceMs = 30_000,
): Promise<T> => {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = await check();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`Never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

/** A workstation in a folder of its own, driven through the contract as a window would. */
export type TestDesk = {
  readonly folder: string;
  readonly call: <N extends CallName>(
    name: N,
    input: CallArguments<N>,
  ) => Promise<Result<CallOutput<N>, Problem>>;
  /** As `call`, for what must succeed. */
  readonly get: <N extends CallName>(name: N, input: CallArguments<N>) => Promise<CallOutput<N>>;
  readonly close: () => Promise<void>;
};

export const newDeskFolder = (): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'punos-desk-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const startTestDesk = (folder: string, regionUrl: string, now?: () => number): TestDesk => {
  const core = startNodeCore({
    dataFolder: folder,
    regionUrl,
    argon2: cheapArgon2,
    ...(now === undefined ? {} : { now }),
  });
  const call: TestDesk['call'] = (name, input) => core.handlers[name](input);
  return {
    folder,
    call,
    get: async (name, input) => {
      const answer = await call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    close: core.close,
  };
};

export const syncedStatus = (desk: TestDesk): Promise<SyncStatus> =>
  eventually('everything at the region', async () => {
    const status = await desk.get('sync.status', {});
    return status.regionHasAll && status.state === 'idle' && status;
  });

export const recordOf = (
  view: ClientView,
  kind: string,
  matches: (record: RecordView) => boolean = () => true,
): RecordView => {
  const record = view.records.find((candidate) => candidate.kind === kind && matches(candidate));
  if (!record) throw new Error(`No ${kind} in the plan`);
  return record;
};

/** The heads of a group, as a window that shows it names them. */
export const shownHeads = (record: RecordView, group: string): string[] =>
  record.groups[group]?.heads.map((head) => head.changeId) ?? [];

/** What a new client is made of where nothing but the name is known. */
export const clientNamed = (
  familyName: string,
  givenNames: string,
): CallArguments<'clients.create'> => ({
  identity: {
    familyName,
    givenNames,
    preferredName: '',
    personalIdentityCode: null,
    temporaryId: null,
    birthDate: null,
  },
  language: { motherTongue: 'fi', serviceLanguage: 'fi', interpreter: false, communication: '' },
  unitId: null,
});
