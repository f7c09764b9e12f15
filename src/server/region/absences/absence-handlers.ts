import type { absenceCalls } from '#shared/protocol/online/absences.ts';
import type { HandlersOf } from '../online/online-handlers.ts';
import { listAbsences, uncoveredOf } from './list-absences.ts';
import { endAbsence, saveAbsence } from './save-absence.ts';

export const absenceHandlers: HandlersOf<keyof typeof absenceCalls> = {
  'absences.list': listAbsences,
  'absences.save': saveAbsence,
  'absences.end': endAbsence,
  'absences.uncovered': uncoveredOf,
};
