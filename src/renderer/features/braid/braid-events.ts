import type { ClientView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { ProfessionMarkId } from '#renderer/components/profession-glyphs.tsx';
import { markOf, strandOrder } from '#renderer/components/professions.ts';
import { recordsOf, standingOf, valueOf } from '#renderer/store/reading.ts';
import { teamOf } from '../plan-model/index.ts';

/** One profession's time with the client. `to` is null while it goes on. */
export type BraidStrand = {
  readonly mark: ProfessionMarkId;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** Whoever of the profession is in the team now, the one who answers first. */
  readonly personIds: readonly Id[];
};

/** A day on which professions met, or have agreed to meet: a meeting of the plan, or its review. */
export type BraidMeeting = {
  readonly id: Id;
  readonly of: 'meeting' | 'review';
  readonly date: CivilDate;
  readonly marks: readonly ProfessionMarkId[];
};

export type BraidEvents = {
  /** In the order of professions that is the same everywhere. */
  readonly strands: readonly BraidStrand[];
  /** The earliest first. */
  readonly meetings: readonly BraidMeeting[];
};

const meetingsOf = (
  view: ClientView,
  professionOf: (personId: Id) => string,
): readonly BraidMeeting[] =>
  standingOf(view, 'plan-meeting').flatMap((record) => {
    const meeting = valueOf(record, 'plan-meeting', 'meeting');
    if (meeting === null || meeting.date === null) return [];
    const marks = new Set(meeting.personIds.map((id) => markOf(professionOf(id))));
    return [{ id: record.id, of: 'meeting', date: meeting.date, marks: [...marks] }];
  });

const joined = (a: BraidStrand | undefined, b: BraidStrand): BraidStrand =>
  a === undefined
    ? b
    : {
        mark: a.mark,
        from: a.from < b.from ? a.from : b.from,
        to: a.to === null || b.to === null ? null : a.to > b.to ? a.to : b.to,
        personIds: [...a.personIds, ...b.personIds],
      };

/**
 * Who has worked with the client, from when to when, and when they met: by the team, the plan's meetings and the
 * day of its review, at which everybody is who is in the team then. Who met without being in the team has a strand
 * from the first of their meetings to the last.
 */
export const braidEvents = (
  view: ClientView,
  professionOf: (personId: Id) => string,
  today: CivilDate,
): BraidEvents => {
  const strands = new Map<ProfessionMarkId, BraidStrand>();
  const add = (strand: BraidStrand): void => {
    strands.set(strand.mark, joined(strands.get(strand.mark), strand));
  };
  for (const { grant, when } of teamOf(view, today)) {
    add({
      mark: markOf(grant.profession),
      from: grant.validFrom,
      to: grant.validTo,
      personIds: when === 'current' ? [grant.personId] : [],
    });
  }
  const held = meetingsOf(view, professionOf);
  for (const { marks, date } of held) {
    for (const mark of marks) add({ mark, from: date, to: date, personIds: [] });
  }
  const plan = recordsOf(view, 'plan')[0];
  const review = valueOf(plan, 'plan', 'review')?.date ?? null;
  const ordered = strandOrder.flatMap((mark) => strands.get(mark) ?? []);
  const reviews: readonly BraidMeeting[] =
    plan === undefined || review === null || review < today
      ? []
      : [
          {
            id: plan.id,
            of: 'review',
            date: review,
            marks: ordered
              .filter(({ from, to }) => from <= review && (to === null || to >= review))
              .map(({ mark }) => mark),
          },
        ];
  return {
    strands: ordered,
    meetings: [...held, ...reviews].toSorted((a, b) =>
      a.date < b.date ? -1 : a.date > b.date ? 1 : a.id < b.id ? -1 : 1,
    ),
  };
};

/** So many strands at most, those that go on before those that have ended, in their own order. */
export const fewStrands = (
  strands: readonly BraidStrand[],
  most: number,
  today: CivilDate,
): readonly BraidStrand[] => {
  const goesOn = ({ to }: BraidStrand): boolean => to === null || to >= today;
  const chosen = new Set(
    [...strands.filter(goesOn), ...strands.filter((each) => !goesOn(each))].slice(0, most),
  );
  return strands.filter((each) => chosen.has(each));
};
