import type { ContractHost } from '#shared/contract/transport.ts';

/** A running core: what a host serves to its windows, and ends. */
export type CoreHandle = ContractHost & {
  /** Finishes what is being written, ends the workers and closes the case file. */
  readonly close: () => Promise<void>;
};
