/** The pieces of work, in the order of the report. */
export const workNames = ['W1', 'W2', 'W3', 'W4', 'W5', 'G1b', 'G4', 'G5', 'G8', 'G10'] as const;
export type WorkName = (typeof workNames)[number];
