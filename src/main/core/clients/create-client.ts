import type { CallArguments, Problem } from '#shared/contract/calls.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import { newId, planIdOf, type Id } from '#shared/domain/ids.ts';
import { groupDefinition } from '#shared/domain/records/kinds.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { ensureCase } from '#main/db/queries/cases.ts';
import { withTransaction } from '#main/db/handles.ts';
import { forgetNames } from '#main/db/queries/names.ts';
import type { Desk } from '../desk.ts';
import { collectTouched } from '../derived/refresh.ts';
import { recordChange } from '../editing/compose-change.ts';
import { joined, problem } from '../problems.ts';

type FirstGroup = {
  readonly recordId: Id;
  readonly kind: string;
  readonly group: string;
  readonly value: Change['value'];
};

/**
 * Makes a client, its plan and the writer's own place in the team, in one transaction and, for the
 * server, in one batch (SPEC U4). Works offline; the same person entered twice is joined later.
 */
export const createClient = (
  desk: Desk,
  input: CallArguments<'clients.create'>,
): Result<{ caseId: Id }, Problem> => {
  const caseId = newId(desk.now(), desk.randomBytes);
  const groups = firstGroups(desk, caseId, input);
  for (const { kind, group, value } of groups) {
    const checked = groupDefinition(kind, group)?.schema.safeParse(value);
    if (!checked?.success) {
      const issue = checked?.error.issues[0];
      const own = issue && /^[a-z][a-z-]+$/u.test(issue.message) ? issue.message : 'bad-value';
      return problem(own, [group, ...(issue?.path.map(String) ?? [])].join('.'));
    }
  }
  const result = withTransaction<Result<{ caseId: Id }, Problem>>(desk.db, (db) => {
    const { caseNo } = ensureCase(db, caseId);
    const touched = collectTouched(desk);
    for (const content of groups) {
      const change = recordChange(desk, caseNo, {
        ...content,
        caseId,
        compartment: jointPlan,
        parents: [],
      });
      touched.note(caseNo, change, true);
    }
    touched.refresh(db);
    return ok({ caseId });
  });
  if (!result.ok) forgetNames(desk.db);
  return joined(result);
};

const firstGroups = (
  desk: Desk,
  caseId: Id,
  input: CallArguments<'clients.create'>,
): readonly FirstGroup[] => {
  const client = (group: string, value: Change['value']): FirstGroup => ({
    recordId: caseId,
    kind: 'client',
    group,
    value,
  });
  const plan = (group: string, value: Change['value']): FirstGroup => ({
    recordId: planIdOf(caseId),
    kind: 'plan',
    group,
    value,
  });
  return [
    // First of all: the server lets a new client in by its author's own membership (SPEC U4).
    {
      recordId: newId(desk.now(), desk.randomBytes),
      kind: 'membership',
      group: 'grant',
      value: {
        personId: desk.person.id,
        profession: desk.person.profession,
        taskClass: desk.person.taskClass,
        role: 'custodian',
        validFrom: finnishDate(desk.now()),
        validTo: null,
        ground: '',
      },
    },
    client('identity', input.identity),
    client('language', input.language),
    client('protection', { restraintOnDisclosure: false }),
    client('care', { unitId: input.unitId }),
    plan('custodian', { personId: desk.person.id }),
    plan('review', { date: null }),
    plan('course', { track: 'working-age', status: 'draft' }),
  ];
};
