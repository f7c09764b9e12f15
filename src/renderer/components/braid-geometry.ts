/**
 * A plait of three bundles of four strands. A bundle's sideways place is a sine of the height, the
 * three a third of a turn apart; in a plait the outer bundle always crosses over the middle one.
 * Crossings lie in the middle of every sixth of a turn, so that within a sixth the order of
 * drawing is fixed and nothing overlaps at its ends.
 */
export type BraidLayer = {
  /** What is cut out of the strands beneath, in the ground's colour. */
  readonly casing: string;
  readonly strands: readonly { readonly path: string; readonly colour: string }[];
};

export type Braid = {
  readonly funnel: readonly { readonly path: string; readonly colour: string }[];
  readonly layers: readonly BraidLayer[];
};

// The dark palette, made lighter where the rail's own darkness asks for it.
const colours = [
  '#f57b94',
  '#b9bde9',
  '#2ae4be',
  '#b3b13a',
  '#b78ff6',
  '#f4c565',
  '#d08d78',
  '#aef3b0',
  '#60aebe',
  '#cfa359',
  '#fedcef',
  '#7fa6dc',
] as const;

const bundles = 3;
const perBundle = colours.length / bundles;
const middle = 250;
const swing = 44;
const spacing = 8.6;
const turn = 260;
const sixth = turn / 6;
const top = 272;

const round = (value: number): string => value.toFixed(1);

const angleAt = (y: number, bundle: number): number =>
  ((y - top) / turn) * 2 * Math.PI + (bundle * 2 * Math.PI) / bundles;

const placeAt = (y: number, bundle: number): number =>
  middle + swing * Math.sin(angleAt(y, bundle));

const slopeAt = (y: number, bundle: number): number =>
  ((swing * 2 * Math.PI) / turn) * Math.cos(angleAt(y, bundle));

/** One sixth of a turn as a cubic curve with the sine's own slopes at both ends. */
const stretch = (bundle: number, from: number, offset: number): string => {
  const to = from + sixth;
  const [x0, x1] = [placeAt(from, bundle) + offset, placeAt(to, bundle) + offset];
  const third = sixth / 3;
  const c0 = x0 + slopeAt(from, bundle) * third;
  const c1 = x1 - slopeAt(to, bundle) * third;
  return `M${round(x0)} ${round(from)}C${round(c0)} ${round(from + third)} ${round(c1)} ${round(to - third)} ${round(x1)} ${round(to)}`;
};

const offsetOf = (place: number): number => (place - (perBundle - 1) / 2) * spacing;

/** Distance from the middle grows: the bundle goes out, beneath. It shrinks: it comes in, above. */
const inwardness = (bundle: number, from: number): number =>
  Math.abs(placeAt(from, bundle) - middle) - Math.abs(placeAt(from + sixth, bundle) - middle);

export const makeBraid = (height: number): Braid => {
  const layers: BraidLayer[] = [];
  for (let from = top; from < height; from += sixth) {
    const order = Array.from({ length: bundles }, (_, bundle) => bundle).toSorted(
      (a, b) => inwardness(a, from) - inwardness(b, from),
    );
    for (const bundle of order) {
      layers.push({
        casing: stretch(bundle, from, 0),
        strands: Array.from({ length: perBundle }, (_, place) => ({
          path: stretch(bundle, from, offsetOf(place)),
          colour: colours[place * bundles + bundle] ?? colours[0],
        })),
      });
    }
  }
  const funnel = colours.map((colour, index) => {
    const bundle = index % bundles;
    const x = 30 + index * 40;
    const end = placeAt(top, bundle) + offsetOf(Math.floor(index / bundles));
    const lean = end - slopeAt(top, bundle) * 78;
    return {
      colour,
      path: `M${x} -10V38C${x} 184 ${round(lean)} ${top - 78} ${round(end)} ${top}`,
    };
  });
  return { funnel, layers };
};

export const braidBundleWidth = (perBundle - 1) * spacing + 11;
