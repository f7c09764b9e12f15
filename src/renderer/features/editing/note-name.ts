import type { TFunction } from 'i18next';
import { registerOf } from '#shared/domain/codes.ts';
import { formatDate } from '#renderer/components/format.ts';
import type { NoteEntry } from '../plan-model/index.ts';

/** What a note is called in a list: `Kotikäynti 24.11.2026, Potilasrekisteri`. */
export const noteName = ({ entry, record }: NoteEntry, t: TFunction): string =>
  `${t(`records:noteKind.${entry.kind}`)} ${formatDate(entry.happenedAt.slice(0, 10))}, ${t(
    `records:register.${registerOf(record.compartment)}`,
  )}`;
