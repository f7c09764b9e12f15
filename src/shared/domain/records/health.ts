import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { followedThingId, professionId } from '../codes.ts';
import { isDiagnosisCode } from '../diagnosis-code.ts';
import { idSchema } from '../ids.ts';
import { lineText, nameText, proseText, titleText } from '../text.ts';
import { decide, kindSince, settledBy } from './group.ts';

/** What a condition asks for now: hoidossa, seurannassa, ohi. */
export const diagnosisStates = ['active', 'follow-up', 'over'] as const;

/** Whether the client takes it now: käytössä, tauolla, päättynyt. */
export const medicationStates = ['in-use', 'on-hold', 'ended'] as const;

/**
 * Doctors decide on examination, diagnosis and treatment (559/1994 22 §); those of the broad health care task
 * answer for the whole of a patient's care (STM 457/2024).
 */
const answeringTasks = ['broad-health'] as const;

/** Who looks at it, how, and when next. A profession where it is nobody's by name. */
const followUp = {
  text: proseText,
  how: lineText,
  personId: idSchema.nullable(),
  profession: professionId.nullable(),
  nextOn: civilDateSchema.nullable(),
};

/** Diagnoosi, as far as the plan follows it: never the patient record's own list of diagnoses. */
export const diagnosis = kindSince(
  3,
  settledBy(answeringTasks, {
    diagnosis: decide({
      /** As the professional writes it. */
      name: titleText,
      /** ICD-10, kept as text; empty when nobody has given one. */
      code: nameText.refine((text) => text === '' || isDiagnosisCode(text), 'not-a-diagnosis-code'),
      since: civilDateSchema.nullable(),
    }),
    'follow-up': decide(followUp),
    state: decide({ state: z.enum(diagnosisStates), date: civilDateSchema.nullable() }),
  }),
);

/**
 * Lääkityksen seuranta: what the client takes and what is followed of it. Never a prescription: how it is taken
 * is told in plain words, and nothing is ordered, reckoned or checked by it.
 */
export const medication = kindSince(
  3,
  settledBy(answeringTasks, {
    medicine: decide({
      /** Name or substance. */
      name: titleText,
      purpose: lineText,
      /** How the client takes it, in words. */
      use: proseText,
    }),
    'follow-up': decide({
      /** Vaikutus, haittavaikutukset, laboratoriokokeet. */
      followed: z.array(followedThingId).max(10),
      ...followUp,
    }),
    state: decide({
      state: z.enum(medicationStates),
      date: civilDateSchema.nullable(),
      reason: lineText,
    }),
  }),
);
