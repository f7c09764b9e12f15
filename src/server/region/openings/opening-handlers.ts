import type { openingCalls } from '#shared/protocol/online/openings.ts';
import type { HandlersOf } from '../online/online-handlers.ts';
import { confirmProtected, protectedParts } from './confirm-protected.ts';
import { endOpening } from './end-opening.ts';
import { findClient } from './find-client.ts';
import { openOnGround } from './open-on-ground.ts';

export const openingHandlers: HandlersOf<keyof typeof openingCalls> = {
  'clients.find': findClient,
  'clients.openOnGround': openOnGround,
  'clients.confirmProtected': confirmProtected,
  'clients.protectedParts': protectedParts,
  'clients.endOpening': endOpening,
};
