import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Id } from '#shared/domain/ids.ts';
import { recordOfStep, type UndoStep } from './steps.ts';

/** As many as somebody remembers of what they did last. */
const mostSteps = 20;

/** What became of the last Ctrl Z. */
export type UndoTold = {
  readonly how: 'undone' | 'changed-since' | 'refused';
  readonly caseId: Id;
  readonly recordId: Id | null;
};

export type UndoState = {
  /** This person's last acts on this computer, the newest last. Forgotten when the desk is locked. */
  readonly steps: readonly UndoStep[];
  readonly told: UndoTold | null;
};

const initialState: UndoState = { steps: [], told: null };

export const undoSlice = createSlice({
  name: 'undo',
  initialState,
  reducers: {
    stepTaken: ({ steps }, { payload }: PayloadAction<UndoStep>): UndoState => ({
      steps: [...steps, payload].slice(-mostSteps),
      told: null,
    }),
    stepUndone: (
      { steps },
      { payload: { step, how } }: PayloadAction<{ step: UndoStep; how: UndoTold['how'] }>,
    ): UndoState => ({
      steps: steps.filter((each) => each !== step),
      told: { how, caseId: step.caseId, recordId: recordOfStep(step) },
    }),
    noteRead: ({ steps }): UndoState => ({ steps, told: null }),
    allForgotten: (): UndoState => initialState,
  },
});

export const { stepTaken, stepUndone, noteRead, allForgotten } = undoSlice.actions;
