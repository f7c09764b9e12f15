import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { BraidEvents, BraidMeeting, BraidStrand } from './braid-events.ts';

/** The picture's measure, in pixels, and the days at its edges. */
export type BraidFrame = {
  readonly from: CivilDate;
  readonly today: CivilDate;
  readonly to: CivilDate;
  readonly width: number;
  readonly lane: number;
};

/** Where strands meet: one meeting, or several that stand too near each other to be drawn apart. */
export type Crossing = {
  readonly x: number;
  /** The middle of the strands that meet. */
  readonly y: number;
  readonly isPlanned: boolean;
  readonly meetings: readonly BraidMeeting[];
};

export type BraidLane = {
  readonly strand: BraidStrand;
  readonly y: number;
  /** SVG path data; empty where there is nothing to draw. `held` is past, `planned` is to come. */
  readonly held: string;
  readonly planned: string;
};

export type Braid = {
  readonly lanes: readonly BraidLane[];
  readonly crossings: readonly Crossing[];
  readonly todayX: number;
  readonly months: readonly { readonly x: number; readonly first: CivilDate }[];
  readonly height: number;
};

/** Crossings nearer to each other than this are drawn as one. */
const least = 24;
/** How far from a crossing a strand begins to bend. */
const bend = 26;
/** How far from each other strands are where they meet. */
const apart = 2.5;

const dayOf = (date: CivilDate): number => Date.parse(date) / 86_400_000;

const placing =
  ({ from, to, width }: BraidFrame) =>
  (date: CivilDate): number => {
    const [a, b] = [dayOf(from), dayOf(to)];
    return b <= a ? 0 : ((dayOf(date) - a) / (b - a)) * width;
  };

type Cluster = { x: number; readonly isPlanned: boolean; readonly meetings: BraidMeeting[] };

/** Meetings of at least two professions within the frame, near ones together; held and planned never are. */
const clustersIn = (meetings: readonly BraidMeeting[], frame: BraidFrame): readonly Cluster[] => {
  const xOf = placing(frame);
  const clusters: Cluster[] = [];
  for (const meeting of meetings) {
    if (meeting.marks.length < 2 || meeting.date < frame.from || meeting.date > frame.to) continue;
    const x = xOf(meeting.date);
    const isPlanned = meeting.date > frame.today;
    const last = clusters.at(-1);
    if (last?.isPlanned === isPlanned && x - last.x < least) last.meetings.push(meeting);
    else
      clusters.push({
        x: Math.max(x, (last?.x ?? -least) + least),
        isPlanned,
        meetings: [meeting],
      });
  }
  return clusters;
};

const firstDays = ({ from, to }: BraidFrame): readonly CivilDate[] => {
  const days: CivilDate[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (;;) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    if (first > to) return days;
    days.push(first);
  }
};

const at = (value: number): string => String(Math.round(value * 10) / 10);

/** A strand goes on along these points; between two of different height it bends like a rope. */
type Point = { readonly x: number; readonly y: number };

const pathOf = (points: readonly Point[]): string =>
  points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${at(x)} ${at(y)}`;
      if (before.y === y) return `H${at(x)}`;
      const middle = at((before.x + x) / 2);
      return `C${middle} ${at(before.y)} ${middle} ${at(y)} ${at(x)} ${at(y)}`;
    })
    .join('');

/** Points of a strand from its beginning to its end, through the crossings in which it takes part. */
const pointsOf = (
  y: number,
  begin: number,
  end: number,
  meets: readonly (Point & { readonly left: number; readonly right: number })[],
): readonly Point[] => {
  const first = meets[0];
  const last = meets.at(-1);
  return [
    ...(first === undefined || first.left >= begin ? [{ x: begin, y }] : []),
    ...meets.flatMap((each) => [
      ...(each.left >= begin ? [{ x: each.left, y }] : []),
      { x: each.x, y: each.y },
      ...(each.right <= end ? [{ x: each.right, y }] : []),
    ]),
    ...(last === undefined || last.right <= end ? [{ x: end, y }] : []),
  ];
};

/** The points up to a place and those from it on: it is on a straight part, or where strands meet. */
const divided = (
  points: readonly Point[],
  x: number,
): readonly [readonly Point[], readonly Point[]] => {
  const next = points.findIndex((point) => point.x > x);
  if (next === -1) return [points, []];
  const before = points[next - 1];
  if (before === undefined) return [[], points];
  const cut = { x, y: before.y };
  return [
    [...points.slice(0, next), cut],
    [cut, ...points.slice(next)],
  ];
};

/**
 * The braid as lines: a strand for each profession over time, meeting where they met. Everything lies within the
 * frame, whatever the events are; x grows to the right, y downwards.
 */
export const braidGeometry = (events: BraidEvents, frame: BraidFrame): Braid => {
  const xOf = placing(frame);
  const todayX = xOf(frame.today);
  const inside = (date: CivilDate): number => Math.min(frame.width, Math.max(0, xOf(date)));
  const strands = events.strands.filter(
    ({ from, to }) => from <= frame.to && (to === null || to >= frame.from),
  );
  const yOf = new Map(strands.map(({ mark }, index) => [mark, (index + 0.5) * frame.lane]));
  const clusters = clustersIn(events.meetings, frame);
  const placed = clusters.map(({ x, isPlanned, meetings }, index) => {
    const marks = [...new Set(meetings.flatMap((meeting) => meeting.marks))].filter((mark) =>
      yOf.has(mark),
    );
    const ordered = strands.map(({ mark }) => mark).filter((mark) => marks.includes(mark));
    const y = ordered.reduce((sum, mark) => sum + (yOf.get(mark) ?? 0), 0) / (ordered.length || 1);
    const gap = (other: Cluster | undefined): number =>
      other === undefined ? bend : Math.min(bend, Math.abs(other.x - x) / 2);
    return {
      x,
      y,
      isPlanned,
      meetings,
      // What is to come bends after today, and what has been is straight again by then.
      left: Math.max(isPlanned ? todayX : 0, x - gap(clusters[index - 1])),
      right: Math.min(
        !isPlanned && x < todayX ? todayX : frame.width,
        x + gap(clusters[index + 1]),
      ),
      // Strands lie beside each other where they meet, the other way round than before: they cross.
      yIn: new Map(
        ordered.map((mark, order) => [mark, y + ((ordered.length - 1) / 2 - order) * apart]),
      ),
    };
  });
  const lanes = strands.map((strand): BraidLane => {
    const y = yOf.get(strand.mark) ?? 0;
    const meets = placed.flatMap(({ x, left, right, yIn }) => {
      const own = yIn.get(strand.mark);
      return own === undefined ? [] : [{ x, left, right, y: own }];
    });
    const begin = Math.min(inside(strand.from), meets[0]?.x ?? frame.width);
    const end = Math.max(
      strand.to === null ? frame.width : inside(strand.to),
      meets.at(-1)?.x ?? 0,
    );
    const [held, planned] = divided(pointsOf(y, begin, end, meets), todayX);
    return {
      strand,
      y,
      held: held.length < 2 ? '' : pathOf(held),
      planned: planned.length < 2 ? '' : pathOf(planned),
    };
  });
  return {
    lanes,
    crossings: placed.map(({ x, y, isPlanned, meetings }) => ({ x, y, isPlanned, meetings })),
    todayX,
    months: firstDays(frame).map((first) => ({ x: xOf(first), first })),
    height: strands.length * frame.lane,
  };
};
