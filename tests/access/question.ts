import { findCode, professions } from '#shared/domain/codes.ts';
import type { WorkTask } from '#shared/domain/directory.ts';
import { decide, type AccessQuestion } from '#shared/domain/access/decide.ts';
import type { ClientFacts, Opening, PersonFacts } from '#shared/domain/access/facts.ts';
import { openingGrounds } from '#shared/domain/access/rules.ts';
import type { TeamMembership, TeamRole } from '#shared/domain/access/team-membership.ts';

/** People, clients and questions of access for tests, plain until something is said of them. */

export const today = '2026-11-25';
export const [yesterday, tomorrow] = ['2026-11-24', '2026-11-26'];
export const nowMs = Date.parse('2026-11-25T10:00:00Z');
export const hour = 3_600_000;
const unit = 'unit-a';

export const taskOf = (profession: string, more: Partial<WorkTask> = {}): WorkTask => ({
  unitId: unit,
  profession,
  taskClass: findCode(professions, profession)?.taskClass ?? '',
  services: [],
  round: false,
  validFrom: '2020-01-01',
  validTo: null,
  ...more,
});

export const personOf = (
  profession: string,
  more: Partial<PersonFacts> = {},
  task: Partial<WorkTask> = {},
): PersonFacts => ({
  id: 'me',
  active: true,
  tasks: [taskOf(profession, task)],
  partnerSector: null,
  deputyFor: [],
  ownCaseIds: new Set(),
  ...more,
});

export const member = (
  role: TeamRole,
  more: Partial<TeamMembership> = {},
  person = 'me',
): TeamMembership => ({
  membershipId: `${person}-${role}`,
  personId: person,
  role,
  taskClass: '',
  supervisorId: null,
  validFrom: '2026-01-01',
  validTo: null,
  ...more,
});

export const clientOf = (more: Partial<ClientFacts> = {}): ClientFacts => ({
  caseId: 'client',
  unitId: unit,
  restraintOnDisclosure: false,
  team: [],
  jointServices: [],
  permissions: [],
  consents: [],
  prohibitions: [],
  ...more,
});

export const span = { validFrom: '2026-01-01', validTo: null } as const;
export const jointService = (...parts: readonly string[]) => ({
  recordId: 'service',
  compartments: parts,
  ...span,
});
export const permission = (
  direction: 'social-to-health' | 'health-to-social',
  ...parts: readonly string[]
) => ({ recordId: 'permission', direction, compartments: parts, unitIds: [], ...span });
export const prohibition = (level: 'all' | 'register' | 'service' | 'document', more = {}) => ({
  recordId: 'prohibition',
  level,
  register: null,
  compartments: [],
  ...span,
  ...more,
});
export const openingOf = (ground: string, more: Partial<Opening> = {}): Opening => ({
  id: 'opening',
  kind: openingGrounds.find(({ id }) => id === ground)?.kind ?? 'ground',
  personId: 'me',
  ground,
  compartments: null,
  fromMs: nowMs - hour / 2,
  untilMs: nowMs + hour / 2,
  ...more,
});

export const ask = (
  person: PersonFacts,
  client: ClientFacts,
  openings: readonly Opening[] = [],
  others: readonly PersonFacts[] = [],
): AccessQuestion => ({
  person,
  client,
  openings,
  moment: { today, nowMs },
  findPerson: (id) => others.find((other) => other.id === id),
});

/** `basis` for what is allowed, with `+` when it may be written; the reason for what is not. */
export const wordOf = (question: AccessQuestion, compartment: string): string => {
  const answer = decide(question, compartment);
  return answer.allowed ? `${answer.basis}${answer.writes ? '+' : ''}` : answer.because;
};

export const inTeam = (
  profession: string,
  role: TeamRole = 'participant',
  more: Partial<ClientFacts> = {},
) => ask(personOf(profession), clientOf({ team: [member(role)], ...more }));
