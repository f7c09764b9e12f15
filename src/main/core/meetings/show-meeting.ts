import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import { outsiderSees, sharedParts, type Present } from '#shared/domain/meetings/shown.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { permissionsCompartment, type Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { readOpen } from '../clients/open-client.ts';
import type { Desk } from '../desk.ts';
import { readColleagues, readFacts, type LocalFacts } from '../rights/client-facts.ts';
import { looksAt } from '../rights/looks.ts';
import { rightTo } from '../rights/open-parts.ts';
import { decisions } from '../rights/people-concerned.ts';
import { partView, momentOf } from '../rights/who-sees.ts';
import { noteUse } from '../use/note-use.ts';

type Asked = CallArguments<'meetings.show'>;

/** What one of the staff may see of what is open here, and on what ground. */
type Seeing = Present & { readonly personId: Id; readonly grants: readonly HeldGrant[] };

const seeing = (personId: Id, grants: readonly HeldGrant[]): Seeing => ({
  personId,
  grants,
  maySee: new Set(grants.map(({ compartment }) => compartment)),
});

/** Parts that a minor has forbidden to be told to some guardian; without the permissions, nobody knows. */
const barredFromGuardians = (
  { permissions }: LocalFacts,
  today: string,
): ReadonlySet<Compartment> =>
  new Set(
    permissions.flatMap((fact) =>
      fact.kind === 'guardian-prohibition' && isCurrent(fact, today) ? fact.compartments : [],
    ),
  );

/**
 * The parts that all who are present may see: by the one rule for colleagues, by what the region granted
 * for whoever sits at the desk, the joint plan alone for outsiders. One entry of the log for each of the
 * staff present and each register: who saw it, on what ground, at whose desk.
 */
export const showMeeting = (
  desk: Desk,
  { caseId, meetingId, personIds, others }: Asked,
): Result<CallOutput<'meetings.show'>, Problem> => {
  const read = readOpen(desk, caseId, (db, caseNo, parts) => {
    const today = finnishDate(desk.now());
    const facts = readFacts(db, caseNo, today);
    // What has been forbidden is told among the permissions: without them only staff can be answered for.
    const knowsBans = rightTo({ ...desk, db }, caseNo, parts, permissionsCompartment) !== null;
    const asked = decisions(facts, readColleagues(db), momentOf(desk.now()));
    const staff = [...new Set([desk.person.id, ...personIds])].map((personId) =>
      seeing(
        personId,
        personId === desk.person.id
          ? parts
          : parts.flatMap(({ compartment }): readonly HeldGrant[] => {
              const part = partView(compartment, asked.decide(personId, compartment));
              return part.allowed ? [part] : [];
            }),
      ),
    );
    const barred = barredFromGuardians(facts, today);
    const outside = others.map((of): Present =>
      of === 'close-person' && !knowsBans ? { maySee: new Set() } : outsiderSees(of, barred),
    );
    const compartments = sharedParts(
      parts.map(({ compartment }) => compartment),
      [...staff, ...outside],
    );
    return ok({ compartments, staff });
  });
  if (!read.ok) return read;
  const { compartments, staff } = read.value;
  const noted = noteUse(
    desk,
    staff.flatMap(({ personId, grants }) =>
      looksAt(
        'view',
        caseId,
        grants.filter(({ compartment }) => compartments.includes(compartment)),
        {
          screen: 'meeting',
          records: [{ id: meetingId, kind: 'plan-meeting', group: 'meeting' }],
          subjectId: personId,
          count: staff.length + others.length,
        },
      ),
    ),
  );
  return noted.ok ? ok({ compartments: [...compartments] }) : noted;
};
