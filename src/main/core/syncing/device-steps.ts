import type { Step } from '#shared/protocol/step.ts';
import { stepAfter, stepAnswered } from '#shared/sync/steps.ts';
import type { WritableDb } from '#main/db/handles.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';

/**
 * The step under which the next request goes (SPEC I1). In the transaction that prepares the request, so
 * that no request ever goes out that the case file does not know of.
 */
export const nextStep = ({ randomBytes }: Pick<Desk, 'randomBytes'>, db: WritableDb): Step => {
  const mark = Buffer.from(randomBytes(12)).toString('base64url');
  const { step, steps } = stepAfter(readState(db, 'deviceSteps'), mark);
  writeState(db, 'deviceSteps', steps);
  return step;
};

/** In the transaction that takes in the answer. */
export const noteAnswered = (db: WritableDb, step: Step | undefined): void => {
  if (step !== undefined) writeState(db, 'deviceSteps', stepAnswered(step));
};
