import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { RecordView } from '#shared/contract/views.ts';
import {
  shownFamily,
  type HeldClient,
  type MemberRow,
} from '#shared/domain/family/shown-family.ts';
import type { Id } from '#shared/domain/ids.ts';
import { recordKinds } from '#shared/domain/records/kinds.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { allCaseIds, findCase } from '#main/db/queries/cases.ts';
import { findHeldCase } from '#main/db/queries/changes.ts';
import { clientRowsOf } from '#main/db/queries/client-search.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { readOpen } from '../clients/open-client.ts';
import type { Desk } from '../desk.ts';
import { looksAt } from '../rights/looks.ts';
import { openParts } from '../rights/open-parts.ts';
import { noteUse, type NewUse } from '../use/note-use.ts';
import { jointPart, jointRecords } from './family-rows.ts';

type Shown = CallOutput<'family.show'>;

const comparedKinds = ['goal', 'action'] as const;
const writtenKinds = ['need', ...comparedKinds, 'family-member'] as const;

/** Most records that one entry of the log names. */
const mostNamed = 500;

const memberGroup = recordKinds['family-member'].groups.member;

const memberOf = (record: RecordView): readonly MemberRow[] => {
  const group = record.groups['member'];
  if (record.existence.state === 'removed' || group === undefined) return [];
  // While versions differ, each of them says who it may be.
  const values = group.state === 'conflict' ? group.heads.map(({ value }) => value) : [group.value];
  return values.flatMap((value) => {
    const read = memberGroup.schema.safeParse(value);
    if (!read.success) return [];
    return [{ recordId: record.id, relation: read.data.relation, tie: read.data.tie }];
  });
};

/** Another client here, as far as this person may see the joint plan. */
const otherClient = (
  db: ReadableDb,
  now: number,
  caseId: Id,
): HeldClient<RecordView> & { readonly part: HeldGrant | undefined } => {
  const caseNo = findHeldCase(db, caseId);
  const part = caseNo === undefined ? undefined : jointPart(openParts(db, caseNo, now));
  return {
    part,
    maySee: part !== undefined,
    rows: () => (caseNo === undefined ? [] : jointRecords(db, caseNo, comparedKinds)),
  };
};

/** The sibling's rows that are shown, as entries of the log. */
const looksAtCopies = (
  caseId: Id,
  part: HeldGrant,
  rows: readonly RecordView[],
): readonly NewUse[] =>
  looksAt('view', caseId, [part], {
    screen: 'family',
    records: rows
      .slice(0, mostNamed)
      .map(({ id, kind }) => ({ id, kind, group: kind === 'goal' ? 'statement' : 'content' })),
  });

export const showFamily = (
  desk: Desk,
  { caseId }: CallArguments<'family.show'>,
): Result<Shown, Problem> => {
  const read = readOpen(desk, caseId, (db, caseNo, parts) => {
    if (jointPart(parts) === undefined)
      return ok({ shown: { members: [], copies: [] }, looks: [] });
    const members = jointRecords(db, caseNo, ['family-member']).flatMap(memberOf);
    const known = new Map<Id, ReturnType<typeof otherClient>>();
    const clientOf = (other: Id) => {
      const client = known.get(other) ?? otherClient(db, desk.now(), other);
      known.set(other, client);
      return client;
    };
    const rows = members.length === 0 ? [] : jointRecords(db, caseNo, comparedKinds);
    const held = members.length === 0 ? [] : allCaseIds(db);
    const family = shownFamily({ caseId, members, rows }, held, clientOf);
    const copies = [...family.copies].flatMap(([recordId, found]) =>
      found.map((copy) => ({ recordId, ...copy })),
    );
    const shown: Shown = {
      copies,
      members: [...family.clients].flatMap(([recordId, other]) => {
        const otherNo = findCase(db, other);
        const [client] = otherNo === undefined ? [] : clientRowsOf(db, [otherNo]);
        const mayWrite = clientOf(other).part?.writes === true;
        return client === undefined ? [] : [{ recordId, client, mayWrite }];
      }),
    };
    const looks = [...Map.groupBy(copies, (copy) => copy.caseId)].flatMap(([other, found]) => {
      const { part } = clientOf(other);
      return part === undefined
        ? []
        : looksAtCopies(
            other,
            part,
            found.map(({ row }) => row),
          );
    });
    return ok({ shown, looks });
  });
  if (!read.ok) return read;
  const logged = noteUse(desk, read.value.looks);
  return logged.ok ? ok(read.value.shown) : logged;
};

/** What a common row or a tie is written among. */
export const familyRows = (
  desk: Desk,
  { caseId }: CallArguments<'family.rows'>,
): Result<CallOutput<'family.rows'>, Problem> => {
  const read = readOpen(desk, caseId, (db, caseNo, parts) => {
    const part = jointPart(parts);
    return ok({ part, records: part === undefined ? [] : jointRecords(db, caseNo, writtenKinds) });
  });
  if (!read.ok) return read;
  const { part, records } = read.value;
  const logged = noteUse(
    desk,
    part === undefined ? [] : looksAt('view', caseId, [part], { screen: 'family' }),
  );
  return logged.ok ? ok({ records: [...records] }) : logged;
};
