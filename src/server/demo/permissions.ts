import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import { compartments, findCode, registerOf } from '#shared/domain/codes.ts';
import { civilDate, type DayNumber } from './days.ts';
import type { NoteDraft, PermissionDraft } from './draft.ts';
import { phrases, type PlanLanguage } from './material.ts';
import type { Random } from './random.ts';

type Asked = {
  readonly language: PlanLanguage;
  /** The client's name, as the one who gave the permission. */
  readonly givenBy: string;
  readonly notes: readonly NoteDraft[];
  readonly startDay: DayNumber;
};

const isShared = (compartment: Compartment): boolean =>
  findCode(compartments, compartment)?.protected !== true;

/**
 * What an invented client has allowed and forbidden: now and then a joint service over the registers in
 * which something has been written, a permission to disclose, a consent, a prohibition.
 */
export const inventPermissions = (asked: Asked, random: Random): readonly PermissionDraft[] => {
  const words = phrases[asked.language].permissions;
  const validFrom: CivilDate = civilDate(asked.startDay + random.below(20));
  const expressed = { givenBy: asked.givenBy, way: 'in-person' as const };
  const written = [...new Set(asked.notes.map((note) => note.compartment))].filter(isShared);
  const social = written.filter((compartment) => registerOf(compartment) === 'social');
  const patient = written.filter((compartment) => registerOf(compartment) === 'patient');
  const found: PermissionDraft[] = [];
  if (social.length > 0 && patient.length > 0 && random.chance(0.35)) {
    found.push({
      kind: 'joint-service',
      scope: {
        name: words.jointService,
        compartments: [...social, ...patient],
        validFrom,
        validTo: null,
      },
    });
  } else if (social.length > 0 && random.chance(0.2)) {
    found.push({
      kind: 'permission',
      scope: {
        direction: 'social-to-health',
        compartments: social,
        unitIds: [],
        validFrom,
        validTo: null,
        text: words.permission,
        ...expressed,
      },
    });
  }
  if (random.chance(0.06)) {
    found.push({
      kind: 'consent',
      scope: {
        sectors: ['association'],
        validFrom,
        validTo: null,
        text: words.consent,
        ...expressed,
      },
    });
  }
  if (random.chance(0.05)) {
    found.push({
      kind: 'prohibition',
      scope: {
        level: 'register',
        register: 'patient',
        compartments: [],
        recordId: null,
        validFrom,
        validTo: null,
        text: words.prohibition,
        ...expressed,
      },
    });
  }
  return found;
};
