import { serveWindow } from '#shared/contract/serve.ts';
import type { ContractClient, ContractHost } from '#shared/contract/transport.ts';
import { frameClient } from './frame-client.ts';

/**
 * The contract inside one process: for tests, tools and the components' gallery. Frames are cloned as a
 * process border would, and pass the same checks, so that what works here works in the other hosts.
 *
 * @param onUnexpected learns of an error inside a handler, which the window hears of only as `unexpected`
 */
export const memoryClient = (
  host: ContractHost,
  onUnexpected: (callName: string, error: unknown) => void = () => {},
): ContractClient =>
  frameClient((end) => {
    // A turn of the microtask queue each way: a caller never hears an answer inside its own call.
    const served = serveWindow(
      host,
      (frame) => {
        const copy: unknown = structuredClone(frame);
        queueMicrotask(() => end.receive(copy));
      },
      onUnexpected,
    );
    return {
      send: (frame) => {
        const copy: unknown = structuredClone(frame);
        queueMicrotask(() => served.receive(copy));
        return true;
      },
      close: served.close,
    };
  });
