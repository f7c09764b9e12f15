import type { Id } from '#shared/domain/ids.ts';
import type { LoggedChange } from '#shared/protocol/online/history.ts';
import { err, ok } from '#shared/lib/result.ts';
import { counterOf, physicalMs } from '#shared/sync/hybrid-time.ts';
import type { KnownVersion } from '#main/db/queries/history.ts';
import type { Shape } from '#main/db/queries/names.ts';
import type { Desk } from '../desk.ts';
import type { Answer } from '../desk-calls.ts';
import { regionProblem } from '../online/region-problem.ts';
import type { RegionClient } from '../syncing/region-client.ts';
import { currentToken } from '../syncing/renew-tokens.ts';
import type { FetchedHistory } from './known-history.ts';

/** The open desk, with the region by its session. */
export type AtRegion = { readonly desk: Desk; readonly region: Pick<RegionClient, 'ask'> };

/** What the region has just told is not asked for again while somebody leafs through it. */
const keptMs = 5 * 60_000;

/** So many pages of the largest size are more than any client has. */
const mostPages = 200;

/** The last client's history that was asked for at each desk; a desk that is locked forgets it. */
const lately = new WeakMap<Desk, FetchedHistory & { readonly gotMs: number }>();

const asTold = (desk: Desk, caseId: Id, compartments: readonly string[]): FetchedHistory | null => {
  const last = lately.get(desk);
  if (last?.caseId !== caseId) return null;
  const age = desk.now() - last.gotMs;
  const holds = compartments.every((compartment) => last.compartments.has(compartment));
  return age >= 0 && age < keptMs && holds ? { ...last, again: true } : null;
};

/** The whole history of some parts of a client, which does not lie here. It is not kept (SPEC Y4). */
export const askClientHistory = async (
  { desk, region }: AtRegion,
  caseId: Id,
  compartments: readonly string[],
): Promise<Answer<FetchedHistory>> => {
  const known = asTold(desk, caseId, compartments);
  if (known) return ok(known);
  const versions: KnownVersion[] = [];
  for (let after = 0, page = 0; page < mostPages; page += 1) {
    const answer = await region.ask(currentToken({ desk }) ?? '', 'history.client', {
      caseId,
      purpose: 'look',
      compartments: [...compartments],
      after,
    });
    if (!answer.ok) return err(regionProblem(answer.error));
    const told = answer.value;
    for (const logged of told.versions) versions.push(versionOfLog(logged));
    after = told.through;
    if (told.more) continue;
    const fetched = {
      caseId,
      compartments: new Set(told.compartments),
      versions: versions.toReversed(),
      atMs: told.atMs,
      again: false,
    };
    lately.set(desk, { ...fetched, gotMs: desk.now() });
    return ok(fetched);
  }
  return err({ code: 'region-server-trouble' });
};

/** The versions of one group of a record whose part's history does not lie here. */
export const askGroupHistory = async (
  { desk, region }: AtRegion,
  { caseId, recordId }: { readonly caseId: Id; readonly recordId: Id },
  shape: Shape,
): Promise<Answer<FetchedHistory>> => {
  const known = asTold(desk, caseId, [shape.compartment]);
  if (known) return ok(known);
  const answer = await region.ask(currentToken({ desk }) ?? '', 'history.group', {
    caseId,
    recordId,
    group: shape.group,
  });
  if (!answer.ok) return err(regionProblem(answer.error));
  return ok({
    caseId,
    compartments: new Set([shape.compartment]),
    versions: answer.value.versions.map((version) => ({
      id: version.changeId,
      recordId,
      shape,
      parents: version.parents,
      valueText: JSON.stringify(version.value),
      author: { personId: version.authorId, profession: version.profession, taskClass: '' },
      timeMs: version.timeMs,
      timeCount: 0,
      schema: version.schema,
      seq: version.seq,
      receivedMs: version.receivedMs,
    })),
    atMs: desk.now(),
    again: false,
  });
};

const versionOfLog = ({ seq, change, receivedMs }: LoggedChange): KnownVersion => ({
  id: change.id,
  recordId: change.recordId,
  shape: { kind: change.kind, compartment: change.compartment, group: change.group },
  parents: change.parents,
  valueText: JSON.stringify(change.value),
  author: {
    personId: change.authorId,
    profession: change.profession,
    taskClass: change.taskClass,
  },
  timeMs: physicalMs(change.time),
  timeCount: counterOf(change.time),
  schema: change.schema,
  seq,
  receivedMs,
});
