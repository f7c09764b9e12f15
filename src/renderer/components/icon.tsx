import type { ReactNode } from 'react';

/** Drawn on an 18-unit square, stroke 1.5; they take the colour of the text beside them. */
const shapes = {
  alert: <path d="M9 2.8 16 15H2zM9 7v4M9 12.9v.2" />,
  arrowDown: <path d="M9 3.5v11M5 10.5l4 4 4-4" />,
  arrowUp: <path d="M9 14.5v-11M5 7.5l4-4 4 4" />,
  bars: <path d="M3 15V9M7 15V4M11 15v-7M15 15V6" />,
  calendar: <path d="M3 4.5h12v10H3zM3 7.5h12M6 2.8v3M12 2.8v3" />,
  check: <path d="M3.5 9.5 7 13l7.5-8" />,
  chevronDown: <path d="m4 7 5 5 5-5" />,
  chevronLeft: <path d="M11 4 6 9l5 5" />,
  chevronRight: <path d="m7 4 5 5-5 5" />,
  clock: (
    <>
      <circle cx="9" cy="9" r="6.3" />
      <path d="M9 5.5V9l2.5 1.5" />
    </>
  ),
  close: <path d="m4.5 4.5 9 9M13.5 4.5l-9 9" />,
  conversation: <path d="M2.5 3.5h9v6H7l-2.5 2.3V9.5h-2zM13 6.5h2.5v6h-2v2.3L11 12.5H8.5" />,
  day: <path d="M3 4.5h12v10H3zM3 7.5h12M6 2.8v3M12 2.8v3M6 11l1.6 1.6L11 9.5" />,
  edit: <path d="M3 15l.8-3.3L12 3.5l2.5 2.5-8.2 8.2zM10.5 5l2.5 2.5" />,
  flag: <path d="M4.5 16V3H13l-2 3 2 3H4.5" />,
  fork: (
    <path d="M9 15.5V11c0-3-5-2.5-5-7M9 11c0-3 5-2.5 5-7M2.5 5.5l1.5-2 1.5 2M12.5 5.5l1.5-2 1.5 2" />
  ),
  gap: <circle cx="9" cy="9" r="6" strokeDasharray="3 2.3" />,
  gear: (
    <>
      <circle cx="9" cy="9" r="2.4" />
      <path d="M9 2.5v2M9 13.5v2M2.5 9h2M13.5 9h2M4.4 4.4l1.4 1.4M12.2 12.2l1.4 1.4M13.6 4.4l-1.4 1.4M5.8 12.2l-1.4 1.4" />
    </>
  ),
  grip: <path d="M7 4.5v.01M11 4.5v.01M7 9v.01M11 9v.01M7 13.5v.01M11 13.5v.01" strokeWidth="2" />,
  inbox: <path d="M3 9.5v5h12v-5M9 2.5V10M6 7.3l3 3 3-3" />,
  info: (
    <>
      <circle cx="9" cy="9" r="6.3" />
      <path d="M9 8.3v4M9 5.6v.2" />
    </>
  ),
  key: (
    <>
      <circle cx="6" cy="11.5" r="3" />
      <path d="M8.2 9.3 14.5 3M12 5.5l2 2" />
    </>
  ),
  laptop: <path d="M3.5 4h11v7.5h-11zM1.8 14h14.4" />,
  lock: <path d="M4.5 8.5h9v6h-9zM6.5 8.5V6a2.5 2.5 0 0 1 5 0v2.5" />,
  more: <path d="M4 9v.01M9 9v.01M14 9v.01" strokeWidth="2.4" />,
  offline: (
    <path d="M2.5 7a9.5 9.5 0 0 1 3.7-2.2M15.5 7a9.5 9.5 0 0 0-5.5-2.7M5 10.2a6 6 0 0 1 3-1.6M13 10.2a6 6 0 0 0-.8-.6M9 13.4v.2M3 2.5l12 13" />
  ),
  panes: <path d="M2.5 3.5h13v11h-13zM9 3.5v11M11.5 6.5h1.7M11.5 9h1.7" />,
  pin: <path d="M6 3h6M7 3v5l-2.5 3h9L11 8V3M9 11v4.5" />,
  pinned: <path d="M6 3h6M7 3v5l-2.5 3h9L11 8V3zM9 11v4.5" fill="currentColor" />,
  people: (
    <>
      <circle cx="6.8" cy="6.5" r="2.6" />
      <path d="M2.2 15c.3-3 2-4.6 4.6-4.6s4.3 1.6 4.6 4.6M11.5 4.2a2.5 2.5 0 0 1 0 4.7M13 10.8c1.7.5 2.7 2 2.9 4.2" />
    </>
  ),
  plus: <path d="M9 3.5v11M3.5 9h11" />,
  print: <path d="M5 7V2.8h8V7M5 12.5H2.8V7h12.4v5.5H13M5 10.5h8v5H5z" />,
  search: (
    <>
      <circle cx="8" cy="8" r="4.5" />
      <path d="M11.5 11.5 15 15" />
    </>
  ),
  swap: <path d="M5.5 3 2.5 6l3 3M2.5 6h12M12.5 9l3 3-3 3M15.5 12h-12" />,
  sync: (
    <path d="M3.5 8A5.7 5.7 0 0 1 14 6M14.5 10A5.7 5.7 0 0 1 4 12M14.2 3v3.2H11M3.8 15v-3.2H7" />
  ),
  table: <path d="M2.8 4h12.4v10.5H2.8zM2.8 7.5h12.4M2.8 11h12.4M7 7.5v7" />,
  trendBetter: <path d="M3.5 13 13 4.5M7.5 4h5.7v5.5" />,
  trendSame: <path d="M3 9h11M10.5 5.5 14 9l-3.5 3.5" />,
  trendWorse: <path d="M3.5 5 13 13.5M13.2 8.3V14H7.5" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export const iconNames = Object.keys(shapes) as readonly IconName[];

export type IconProps = {
  readonly name: IconName;
  /** Width and height in pixels, 16 by default. */
  readonly size?: number;
};

/** Always beside a word, hence hidden from screen readers. */
export const Icon = ({ name, size = 16 }: IconProps) => (
  <svg
    className="icon"
    width={size}
    height={size}
    viewBox="0 0 18 18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {shapes[name]}
  </svg>
);
