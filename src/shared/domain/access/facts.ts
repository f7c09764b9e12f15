import type { CivilDate } from '../civil-date.ts';
import type { Compartment } from '../codes.ts';
import type { Absence, Person, WorkTask } from '../directory.ts';
import type { Id } from '../ids.ts';
import type { OpeningKind } from './rules.ts';
import type { TeamMembership } from './team-membership.ts';

/** What the answer depends on besides the rules. Gathered by the server and, for a preview, by the window's core. */

type Span = { readonly validFrom: CivilDate; readonly validTo: CivilDate | null };

export type JointService = Span & {
  readonly recordId: Id;
  readonly compartments: readonly Compartment[];
};

export type Permission = Span & {
  readonly recordId: Id;
  readonly direction: 'social-to-health' | 'health-to-social';
  readonly compartments: readonly Compartment[];
  readonly unitIds: readonly Id[];
};

export type Consent = Span & { readonly recordId: Id; readonly sectors: readonly string[] };

export type Prohibition = Span & {
  readonly recordId: Id;
  readonly level: 'all' | 'register' | 'service' | 'document';
  readonly register: 'social' | 'patient' | null;
  readonly compartments: readonly Compartment[];
};

export type GuardianProhibition = Span & {
  readonly recordId: Id;
  readonly representativeIds: readonly Id[];
  readonly compartments: readonly Compartment[];
};

/** Everything about one client on which rights depend. */
export type ClientFacts = {
  readonly caseId: Id;
  readonly unitId: Id | null;
  readonly restraintOnDisclosure: boolean;
  /** The whole team, past and future members too: a student's right hangs on the supervisor's. */
  readonly team: readonly TeamMembership[];
  readonly jointServices: readonly JointService[];
  readonly permissions: readonly Permission[];
  readonly consents: readonly Consent[];
  readonly prohibitions: readonly Prohibition[];
};

/** A client opened by somebody for a time: on a ground, in an emergency, or a protected part by confirmation. */
export type Opening = {
  readonly id: Id;
  readonly kind: OpeningKind;
  readonly personId: Id;
  readonly ground: string;
  /** The confirmed parts, for a confirmation; null otherwise. */
  readonly compartments: readonly Compartment[] | null;
  /** Milliseconds since 1970, UTC; `untilMs` is no longer included. */
  readonly fromMs: number;
  readonly untilMs: number;
};

/** Everything about one professional on which rights depend. */
export type PersonFacts = {
  readonly id: Id;
  readonly active: boolean;
  readonly tasks: readonly WorkTask[];
  readonly partnerSector: string | null;
  /** Absences of others in which this person steps in. */
  readonly deputyFor: readonly Absence[];
  /** Clients who are this person: nobody reads their own record as a professional. */
  readonly ownCaseIds: ReadonlySet<Id>;
};

export type Moment = { readonly today: CivilDate; readonly nowMs: number };

const fromTheBeginning = '1900-01-01';

/** A person of the directory as the rules see them; without work tasks the main fields are the one task. */
export const personFacts = (
  person: Person,
  absences: readonly Absence[],
  ownCaseIds: ReadonlySet<Id> = new Set(),
): PersonFacts => ({
  id: person.id,
  active: person.active,
  tasks:
    person.tasks.length > 0
      ? person.tasks
      : [
          {
            unitId: person.unitId,
            profession: person.profession,
            taskClass: person.taskClass,
            services: [],
            round: false,
            validFrom: fromTheBeginning,
            validTo: null,
          },
        ],
  partnerSector: person.partnerSector,
  deputyFor: absences.filter((absence) => absence.deputyId === person.id),
  ownCaseIds,
});
