import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { riskTypeId, type Register } from '../codes.ts';
import { idSchema } from '../ids.ts';
import { lineText } from '../text.ts';
import { proseGroup } from './common-groups.ts';
import { decide, kindSince } from './group.ts';

/** Whether the risk is there now: voimassa, ei enää. */
export const riskStates = ['in-force', 'over'] as const;

/**
 * Riskitieto: what must be known before one meets the client. One kind for each place where it may lie, since the
 * place decides who sees it and never changes (703/2023 9, 10 §): a kind takes only the types of its register.
 */
const riskIn = (register: Register) =>
  kindSince(3, {
    risk: decide({
      type: riskTypeId(register),
      /** What it means in practice, on one line. */
      means: lineText,
      /** Who noticed it, when it is somebody of the region's staff, and on which day. */
      personId: idSchema.nullable(),
      notedOn: civilDateSchema.nullable(),
    }),
    /** What to do, and what not to. */
    guidance: proseGroup,
    /** When somebody last made sure that it is still so, and when next. */
    check: decide({ checkedOn: civilDateSchema.nullable(), nextOn: civilDateSchema.nullable() }),
    state: decide({
      state: z.enum(riskStates),
      date: civilDateSchema.nullable(),
      reason: lineText,
    }),
  });

/** What everybody who works with the client must know: in the joint plan. */
export const risk = riskIn('joint');
/** A fact of health: in a service of the patient register. */
export const healthRisk = riskIn('patient');
/** A fact of social welfare: in a service of the social welfare client register. */
export const socialRisk = riskIn('social');

export const riskKinds = ['risk', 'health-risk', 'social-risk'] as const;
export type RiskKind = (typeof riskKinds)[number];

export const isRiskKind = (kind: string): kind is RiskKind =>
  (riskKinds as readonly string[]).includes(kind);
