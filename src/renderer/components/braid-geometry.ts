/**
 * A plait of three bundles of four strands. A bundle's sideways place is a sine of the height, the
 * three a third of a turn apart; in a plait the outer bundle always crosses over the middle one.
 * Crossings lie in the middle of every sixth of a turn, so that within a sixth the order of
 * drawing is fixed and nothing overlaps at its ends. Each sixth is a slice that shows only what
 * lies between its two heights; its curves run on past them, so no end of a curve is ever seen.
 */
export type BraidSlice = {
  readonly from: number;
  readonly height: number;
  /** From the lowest to the uppermost bundle. */
  readonly layers: readonly BraidLayer[];
};

export type BraidLayer = {
  /** What is cut out of the strands beneath, in the ground's colour. */
  readonly casing: string;
  readonly strands: readonly { readonly path: string; readonly colour: string }[];
};

export type Braid = {
  readonly funnel: readonly { readonly path: string; readonly colour: string }[];
  readonly slices: readonly BraidSlice[];
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
const turn = 390;
const sixth = turn / 6;
const top = 277;

const round = (value: number): string => value.toFixed(1);

const angleAt = (y: number, bundle: number): number =>
  ((y - top) / turn) * 2 * Math.PI + (bundle * 2 * Math.PI) / bundles;

const placeAt = (y: number, bundle: number): number =>
  middle + swing * Math.sin(angleAt(y, bundle));

const slopeAt = (y: number, bundle: number): number =>
  ((swing * 2 * Math.PI) / turn) * Math.cos(angleAt(y, bundle));

/** Three sixths of a turn, the given one in the middle, with the sine's own slopes at each joint. */
const stretch = (bundle: number, from: number, offset: number): string => {
  const third = sixth / 3;
  const curves = [-1, 0, 1].map((step) => {
    const y0 = from + step * sixth;
    const y1 = y0 + sixth;
    const x1 = placeAt(y1, bundle) + offset;
    const c0 = placeAt(y0, bundle) + offset + slopeAt(y0, bundle) * third;
    const c1 = x1 - slopeAt(y1, bundle) * third;
    return `C${round(c0)} ${round(y0 + third)} ${round(c1)} ${round(y1 - third)} ${round(x1)} ${round(y1)}`;
  });
  const start = from - sixth;
  return `M${round(placeAt(start, bundle) + offset)} ${round(start)}${curves.join('')}`;
};

const offsetOf = (place: number): number => (place - (perBundle - 1) / 2) * spacing;

/** Distance from the middle grows: the bundle goes out, beneath. It shrinks: it comes in, above. */
const inwardness = (bundle: number, from: number): number =>
  Math.abs(placeAt(from, bundle) - middle) - Math.abs(placeAt(from + sixth, bundle) - middle);

export const makeBraid = (height: number): Braid => {
  const slices: BraidSlice[] = [];
  for (let from = top; from < height; from += sixth) {
    const order = Array.from({ length: bundles }, (_, bundle) => bundle).toSorted(
      (a, b) => inwardness(a, from) - inwardness(b, from),
    );
    slices.push({
      from,
      // A hair over the next slice, so that no seam shows.
      height: sixth + 0.5,
      layers: order.map((bundle) => ({
        casing: stretch(bundle, from, 0),
        strands: Array.from({ length: perBundle }, (_each, place) => ({
          path: stretch(bundle, from, offsetOf(place)),
          colour: colours[place * bundles + bundle] ?? colours[0],
        })),
      })),
    });
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
  return { funnel, slices };
};

export const braidBundleWidth = (perBundle - 1) * spacing + 11;
