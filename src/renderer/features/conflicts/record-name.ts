import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { contingencyTriggers, findCode, riskTypes } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { isRiskKind } from '#shared/domain/records/risk.ts';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById, valueOf } from '#renderer/store/reading.ts';
import { titleOf, wholePlanTree } from '../plan-model/index.ts';

/** The beginning of a text, on one line. */
const shortened = (text: string): string => {
  const letters = [...text.slice(0, 2_000).replaceAll(/\s+/gu, ' ').trim()];
  return letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : letters.join('');
};

/** What a record is called in a sentence: `Tavoite 1.2`, `Suunnitelma`, `Jäsenyys: Ville Saarela`. */
export const useRecordName = (
  view: ClientView,
  directory: Directory,
): ((recordId: Id) => { readonly name: string; readonly title: string }) => {
  const { t, i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  return (recordId) => {
    const record = recordById(view, recordId);
    const node = wholePlanTree(view).byId.get(recordId);
    if (node) {
      return {
        name: `${t(`kind.${node.kind}`)} ${node.number}`.trim(),
        title: titleOf(node, language),
      };
    }
    const kind = record?.kind ?? 'unknown';
    const name = t([`kind.${kind}`, 'kind.unknown']);
    if (kind === 'membership') {
      const grant = valueOf(record, 'membership', 'grant');
      return { name, title: directory.nameOf(grant?.personId ?? null) ?? '' };
    }
    if (kind === 'representative') {
      return { name, title: valueOf(record, 'representative', 'details')?.name ?? '' };
    }
    if (kind === 'dissenting-view') {
      return { name, title: valueOf(record, 'dissenting-view', 'view')?.about ?? '' };
    }
    if (kind === 'plan-meeting') {
      const date = valueOf(record, 'plan-meeting', 'meeting')?.date ?? null;
      return { name, title: date === null ? '' : formatDate(date) };
    }
    if (kind === 'contingency') {
      const trigger = valueOf(record, 'contingency', 'measure')?.trigger ?? '';
      return { name, title: findCode(contingencyTriggers, trigger)?.[language] ?? '' };
    }
    if (isRiskKind(kind)) {
      const type = valueOf(record, kind, 'risk')?.type ?? '';
      return { name, title: findCode(riskTypes, type)?.[language] ?? '' };
    }
    if (kind === 'family-member') {
      return { name, title: valueOf(record, 'family-member', 'member')?.name ?? '' };
    }
    if (kind === 'diagnosis') {
      return { name, title: valueOf(record, 'diagnosis', 'diagnosis')?.name ?? '' };
    }
    if (kind === 'medication') {
      return { name, title: valueOf(record, 'medication', 'medicine')?.name ?? '' };
    }
    if (kind === 'joint-service') {
      return { name, title: valueOf(record, 'joint-service', 'scope')?.name ?? '' };
    }
    if (kind === 'rating') {
      const value = valueOf(record, 'rating', 'rating');
      return value === null
        ? { name, title: '' }
        : { name, title: `${t(`gasLevel.${value.level}`)}, ${formatDate(value.date)}` };
    }
    if (kind === 'visit') {
      const day = valueOf(record, 'visit', 'report')?.startedAt.slice(0, 10);
      return { name, title: day === undefined ? '' : formatDate(day) };
    }
    if (kind === 'request') {
      return { name, title: shortened(valueOf(record, 'request', 'question')?.text ?? '') };
    }
    return { name, title: '' };
  };
};
