import type { ReactNode } from 'react';

/** The glyph inside a mark, on a 20-unit square, stroke 1.6. */
export const professionGlyphs = {
  sostt: (
    <>
      <circle cx="7.8" cy="10" r="3.6" />
      <circle cx="12.2" cy="10" r="3.6" />
    </>
  ),
  sosohj: <path d="M10 4.4v11.2M10 6h4l1.4 1.4L14 8.8h-4M10 10H6l-1.4 1.4L6 12.8h4" />,
  palv: <path d="M5 5c0 5 5 4 5 8.2V16M15 5c0 5-5 4-5 8.2M10 4.4v6" />,
  laak: (
    <>
      <path d="M6.6 4.6v3.2a3.1 3.1 0 0 0 6.2 0V4.6M9.7 11v1.4a2.6 2.6 0 0 0 5 .9" />
      <circle cx="14.9" cy="11.6" r="1" />
    </>
  ),
  sh: <path d="M4 10.4h2.8l1.6-4 2.6 7.4 1.7-3.4H16" />,
  kotih: <path d="M4.8 9.6 10 5l5.2 4.6M6.4 8.6v6h7.2v-6M10 9.6v3.2M8.4 11.2h3.2" />,
  fysio: (
    <>
      <path d="M5.2 14.6h9.4M5.2 14.6l6.4-8.4M10.2 14.4a5 5 0 0 0-1.7-3.6" />
      <circle cx="12.2" cy="5.4" r=".9" />
    </>
  ),
  toim: (
    <path d="M5.6 7.4h7v4.4a3 3 0 0 1-3 3h-1a3 3 0 0 1-3-3zM12.6 8.6h1.2a1.7 1.7 0 0 1 0 3.4h-1.2M8 3.8v1.6M10.4 3.8v1.6" />
  ),
  psyk: <path d="M10 4.4v11.2M5.4 5.4v2.2c0 3 1.8 4.6 4.6 4.6s4.6-1.6 4.6-4.6V5.4" />,
  puhe: <path d="M4.8 5.6h10.4v6.6H9.8L7 14.8v-2.6H4.8zM7.4 8h5.2M7.4 10h3" />,
  ravi: (
    <path d="M10 7.4c-1.6-1.2-5-.8-5 2.8 0 2.8 2 5.4 3.4 5.4.7 0 1-.4 1.6-.4s.9.4 1.6.4c1.4 0 3.4-2.6 3.4-5.4 0-3.6-3.4-4-5-2.8zM10 7.2c0-1.4.6-2.6 2-3" />
  ),
  hammas: (
    <path d="M6.8 4.8c1.4 0 2 .8 3.2.8s1.8-.8 3.2-.8c1.6 0 2.4 1.4 2.2 3-.2 1.8-1 2.4-1.3 4.2-.3 1.8-.5 3.4-1.4 3.4-1.2 0-1-3.6-2.7-3.6s-1.5 3.6-2.7 3.6c-.9 0-1.1-1.6-1.4-3.4-.3-1.8-1.1-2.4-1.3-4.2-.2-1.6.6-3 2.2-3z" />
  ),
  asiakas: (
    <>
      <circle cx="10" cy="7.4" r="2.5" />
      <path d="M5.4 15.4c.5-2.8 2.3-4.2 4.6-4.2s4.1 1.4 4.6 4.2" />
    </>
  ),
  // A person without a sign of a trade: any other profession, told apart by its word.
  'other-social': (
    <>
      <circle cx="10" cy="7.2" r="2.3" />
      <path d="M5.8 15c.4-2.7 2-4 4.2-4s3.8 1.3 4.2 4" />
    </>
  ),
  'other-health': (
    <>
      <circle cx="10" cy="7.2" r="2.3" />
      <path d="M5.8 15c.4-2.7 2-4 4.2-4s3.8 1.3 4.2 4" />
    </>
  ),
  // Two houses side by side: somebody of another organisation.
  'other-external': (
    <path d="M3.8 14.6V9.4l3-2.4 3 2.4v5.2zM9.8 10.6h6.4v4M11 10.4V5.4h5.2v9.2H3.8M13.6 7.6v.2" />
  ),
} as const satisfies Record<string, ReactNode>;

export type ProfessionMarkId = keyof typeof professionGlyphs;
