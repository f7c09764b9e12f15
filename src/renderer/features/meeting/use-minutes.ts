import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useRecordName } from '../conflicts/index.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';
import { minuteSections, type MinuteEntry, type MinuteSection } from './minutes.ts';

/** Minutes in words: a heading for each section, and in it what was written, of what and by whom. */
export type MinuteWords = readonly {
  readonly section: MinuteSection;
  readonly title: string;
  readonly lines: readonly {
    readonly recordId: Id;
    readonly what: string;
    readonly says: readonly string[];
    readonly by: string;
  }[];
}[];

export const useMinuteWords = (
  view: ClientView,
  directory: Directory,
): ((entries: readonly MinuteEntry[]) => MinuteWords) => {
  const { t } = useTranslation(['meeting', 'records']);
  const nameOf = useRecordName(view, directory);
  const textOf = useFieldText(view, directory);
  /** What the heading says already is not said again. */
  const saysOf = ({ kind, versions }: MinuteEntry, title: string): readonly string[] =>
    versions.flatMap(({ group, value }) => {
      if (group === 'existence') {
        return [t(value['state'] === 'removed' ? 'meeting:removed' : 'meeting:restored')];
      }
      return fieldsOf(kind, group).flatMap((spec) => {
        const text = textOf(spec, value);
        return text === '' || text === title
          ? []
          : [`${t(`records:field.${spec.label}`)}: ${text}`];
      });
    });
  return (entries) =>
    minuteSections.flatMap((section) => {
      const lines = entries
        .filter((entry) => entry.section === section)
        .map((entry) => {
          const { name, title } = nameOf(entry.recordId);
          const authors = [...new Set(entry.versions.map(({ authorId }) => authorId))];
          return {
            recordId: entry.recordId,
            what: `${name} ${title}`.trim(),
            says: saysOf(entry, title),
            by: authors.map((id) => directory.nameOf(id) ?? t('records:someone')).join(', '),
          };
        });
      return lines.length === 0 ? [] : [{ section, title: t(`meeting:section.${section}`), lines }];
    });
};

/** The minutes as plain text, for a message or another program. */
export const minutesAsText = (head: readonly string[], words: MinuteWords): string =>
  [
    ...head.filter((line) => line !== ''),
    ...words.flatMap(({ title, lines }) => [
      '',
      title,
      ...lines.flatMap(({ what, says, by }) => [
        `- ${what} (${by})`,
        ...says.map((each) => `  ${each}`),
      ]),
    ]),
  ].join('\n');
