import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { compartments, findCode, partnerSectors, type Code } from '#shared/domain/codes.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById, valueOf } from '#renderer/store/reading.ts';
import { noteName } from '../editing/index.ts';
import { notesOf } from '../plan-model/index.ts';
import type { PermissionScope } from './permission-list.ts';

export type ScopeWords = {
  /** What the row is about, in a few words: a direction, a level, a service's own name. */
  readonly title: (entry: PermissionScope) => string;
  /** What it concerns: parts, units, sectors, guardians. */
  readonly concerns: (entry: PermissionScope) => string;
  /** `1.11.2026 – toistaiseksi` */
  readonly validity: (entry: PermissionScope) => string;
};

/** A permission, consent, prohibition or joint service in words. */
export const useScopeWords = (view: ClientView, directory: Directory): ScopeWords => {
  const { t, i18n } = useTranslation(['permissions', 'records']);
  const language = languageOf(i18n.language);
  const named = (list: readonly Code[], ids: readonly string[]): string =>
    ids.map((id) => findCode(list, id)?.[language] ?? id).join(', ');
  const unitNames = (ids: readonly string[]): string =>
    ids.map((id) => directory.units.get(id)?.name ?? t('records:someUnit')).join(', ');
  const guardianNames = (ids: readonly string[]): string =>
    ids
      .map(
        (id) =>
          valueOf(recordById(view, id), 'representative', 'details')?.name ??
          t('records:someRecord'),
      )
      .join(', ');
  const documentName = (id: string | null): string => {
    const note = notesOf(view).find(({ record }) => record.id === id);
    return note ? noteName(note, t) : t('records:someRecord');
  };
  return {
    title: (entry) => {
      switch (entry.kind) {
        case 'joint-service':
          return entry.scope.name;
        case 'permission':
          return t(`records:permissionDirection.${entry.scope.direction}`);
        case 'consent':
          return named(partnerSectors, entry.scope.sectors);
        case 'prohibition':
          return t(`records:prohibitionLevel.${entry.scope.level}`);
        case 'guardian-prohibition':
          return entry.scope.representativeIds.length === 0
            ? t('everyGuardian')
            : guardianNames(entry.scope.representativeIds);
        default:
          return assertNever(entry);
      }
    },
    concerns: (entry) => {
      switch (entry.kind) {
        case 'joint-service':
          return named(compartments, entry.scope.compartments);
        case 'permission': {
          const parts = named(compartments, entry.scope.compartments);
          return entry.scope.unitIds.length === 0
            ? t('forRegion', { parts })
            : t('forUnits', { parts, units: unitNames(entry.scope.unitIds) });
        }
        case 'consent':
          return '';
        case 'prohibition':
          if (entry.scope.level === 'document') return documentName(entry.scope.recordId);
          return entry.scope.register === null
            ? named(compartments, entry.scope.compartments)
            : t(`records:register.${entry.scope.register}`);
        case 'guardian-prohibition':
          return entry.scope.compartments.length === 0
            ? t('everyPart')
            : named(compartments, entry.scope.compartments);
        default:
          return assertNever(entry);
      }
    },
    validity: ({ scope }) =>
      `${formatDate(scope.validFrom)} – ${
        scope.validTo === null ? t('untilFurther') : formatDate(scope.validTo)
      }`,
  };
};
