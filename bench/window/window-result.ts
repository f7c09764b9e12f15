/** From the key to the painted screen, each time, in milliseconds. */
export type Paints = readonly number[];

export type WindowResult = {
  readonly clients: number;
  /** Of it the stretching of the secret, which takes its time on purpose. */
  readonly stretchingMs: number;
  /** From Enter at the secret to the first screen with everything on it; a fresh program each time. */
  readonly unlock: Paints;
  readonly works: readonly {
    readonly work: 'open-client' | 'open-plan' | 'type-in-list';
    /** Of the page that was drawn. */
    readonly elements: number;
    readonly program: Paints;
    /** The same elements, drawn by a bare React page that has them in memory. */
    readonly bare: Paints;
  }[];
};
