/** Ends a switch over a closed union: a case added later fails to compile here, not at a desk. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
};
