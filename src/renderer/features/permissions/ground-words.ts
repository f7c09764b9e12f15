import { useTranslation } from 'react-i18next';
import type { GrantPart } from '#shared/contract/views.ts';
import { finnishDate, finnishDayStart } from '#shared/domain/civil-date.ts';
import { compartments, findCode } from '#shared/domain/codes.ts';
import {
  formatDate,
  formatDateTime,
  languageOf,
  type Language,
} from '#renderer/components/format.ts';
import type { PersonPart } from './who-grid.ts';

/**
 * When a right ends: the last day for one that ends with a day (`30.11.2026`), else the moment
 * (`24.11.2026 klo 14.52`); null when no end is in sight.
 */
export const untilText = (untilMs: number | null, language: Language): string | null => {
  if (untilMs === null) return null;
  const day = finnishDate(untilMs);
  return finnishDayStart(day) === untilMs
    ? formatDate(finnishDate(untilMs - 1))
    : formatDateTime(untilMs, language);
};

export type GroundWords = {
  /** `Vastaanottopalvelut`; an unknown part by its own id. */
  readonly part: (compartment: string) => string;
  /** `suhde asiakkaaseen: tiimin jäsen (omatyöntekijä)` */
  readonly ground: (part: Pick<GrantPart, 'basis' | 'relation' | 'role'>) => string;
  /** `toistaiseksi` or `30.11.2026 asti` */
  readonly until: (untilMs: number | null) => string;
  /** `näkee ja kirjoittaa`, `vain lukee` or `ei näe`, with the ground or the reason. */
  readonly cell: (part: PersonPart) => string;
  readonly because: (code: string) => string;
};

/** Rights in words, the same on the picture, in the table, in a preview and behind the client bar. */
export const useGroundWords = (): GroundWords => {
  const { t, i18n } = useTranslation('access');
  const language = languageOf(i18n.language);
  const because = (code: string): string => t([`because.${code}`, 'because.unknown']);
  const until = (untilMs: number | null): string => {
    const end = untilText(untilMs, language);
    return end === null ? t('until.further') : t('until.end', { end });
  };
  const ground: GroundWords['ground'] = ({ basis, relation, role }) => {
    const withRole = relation === 'team' || relation === 'absence';
    return t('ground', {
      basis: t(`basis.${basis}`),
      relation: withRole
        ? t('withRole', {
            relation: t(`relation.${relation}`),
            role: t([`role.${role}`, 'role.participant']),
          })
        : t(`relation.${relation}`),
    });
  };
  return {
    part: (compartment) => findCode(compartments, compartment)?.[language] ?? compartment,
    ground,
    until,
    because,
    cell: (part) =>
      part.allowed
        ? t(part.writes ? 'cell.writes' : 'cell.reads', {
            ground: ground(part),
            until: until(part.untilMs),
          })
        : t('cell.closed', { reason: because(part.because) }),
  };
};
