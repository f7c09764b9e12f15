import { braidBundleWidth, makeBraid } from './braid-geometry.ts';

// Tall enough for a window of 4K height; the view cuts what it does not need.
const height = 2200;
const { funnel, slices } = makeBraid(height);

/** Twelve professions become one rope: the one place where the braid is a picture and no data. */
export const SignInBraid = () => (
  <div className="sign-in-braid" aria-hidden="true">
    <svg width="500" height={height} viewBox={`0 0 500 ${height}`} fill="none" focusable="false">
      <g strokeWidth="5" strokeLinecap="round">
        {funnel.map(({ path, colour }) => (
          <path key={path} d={path} stroke={colour} />
        ))}
      </g>
      {slices.map((slice) => (
        <svg
          key={slice.from}
          y={slice.from}
          width="500"
          height={slice.height}
          viewBox={`0 ${slice.from} 500 ${slice.height}`}
        >
          {slice.layers.map(({ casing, strands }) => (
            <g key={casing} strokeWidth="5">
              <path d={casing} stroke="var(--rail)" strokeWidth={braidBundleWidth} />
              {strands.map(({ path, colour }) => (
                <path key={path} d={path} stroke={colour} />
              ))}
            </g>
          ))}
        </svg>
      ))}
    </svg>
  </div>
);
