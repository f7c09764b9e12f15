/** The wire's version; it rises with every change of a message, see the table in docs/protocol.md. */
export const protocolVersion = 3;

/** The oldest version that a server of this program still serves: before 2, nobody was told why they see something. */
export const oldestServedVersion = 2;

/** Limits of one message (SPEC U1): a device cuts its batches by them, a server refuses what is larger. */
export const limits = {
  pushChanges: 500,
  pushBytes: 1_048_576,
  pageBytes: 1_048_576,
  receiptsAsked: 2_000,
  erasedReported: 20_000,
  setAsideReported: 100,
  /** Steps without an answer that a device tells apart (SPEC I1). */
  stepsTried: 32,
} as const;

/** Shorter bodies gain nothing by being compressed. */
export const compressFromBytes = 1_024;
