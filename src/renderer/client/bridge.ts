import type { PreloadBridge } from '#shared/contract/bridge-line.ts';
import { frameOf } from '#shared/contract/frame-text.ts';
import type { ContractClient } from '#shared/contract/transport.ts';
import { frameClient } from './frame-client.ts';

/** The contract over the preload's bridge. The host opens the line and restores it; nothing to do here. */
export const bridgeClient = (bridge: PreloadBridge): ContractClient =>
  frameClient((end) => {
    let open = true;
    bridge.subscribe((what, text) => {
      if (!open) return;
      switch (what) {
        case 'frame':
          return end.receive(frameOf(text));
        case 'lost':
          return end.lost();
        case 'restored':
          return end.restored();
      }
    });
    return {
      send: (frame) => bridge.call(JSON.stringify(frame)),
      close: () => {
        open = false;
      },
    };
  });
