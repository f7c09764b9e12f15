import type { CallArguments, CallOutput } from '#shared/contract/calls.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { LiveSaying } from '#shared/protocol/live.ts';
import type { Desk } from '../desk.ts';
import type { Answer } from '../desk-calls.ts';
import { storageProblem } from '../problems.ts';
import { mayRead } from '../rights/offline-lease.ts';

/**
 * Passes on what a window has open. Once the region's word is too old nothing is open any more (SPEC W6), and
 * that is said in its place.
 */
export const sayHere =
  (say: (saying: LiveSaying) => void) =>
  (desk: Desk, saying: CallArguments<'here.say'>): Answer<CallOutput<'here.say'>> => {
    const allowed = mayRead(desk);
    if (!allowed.ok) return err(storageProblem(allowed.error));
    const open = saying.open && allowed.value;
    say({ type: 'here', caseId: saying.caseId, open, part: open ? saying.part : null });
    return ok({});
  };
