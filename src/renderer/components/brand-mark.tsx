export type BrandMarkProps = {
  readonly size?: number;
  /** On its own dark tile, for light surfaces. */
  readonly tile?: boolean;
};

/** Three strands that become one. Drawn for the dark rail; a tile carries the rail's colour along. */
export const BrandMark = ({ size = 24, tile = false }: BrandMarkProps) => (
  <span className={tile ? 'brand-mark brand-mark-tile' : 'brand-mark'}>
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="2.6"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3 4c6 0 5 8 10 8h8" stroke="#f2a9c6" />
      <path d="M3 20c6 0 5-8 10-8h8" stroke="#f5c17c" />
      <path d="M3 12h18" stroke="#8fd3e3" />
    </svg>
  </span>
);
