import { useTranslation } from 'react-i18next';
import type { HistoryVersion } from '#shared/contract/history-calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { formatDateTime, formatTime, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { WordDiff } from '#renderer/components/word-diff.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { diffWords, useRecordName } from '../conflicts/index.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';
import { isWrittenElsewhen } from './by-day.ts';
import { changedFields } from './changed-fields.ts';

export type VersionEntryProps = {
  readonly version: HistoryVersion;
  readonly view: ClientView;
  readonly directory: Directory;
  /** On the page of one group the day stands in each row, and what it is about in the heading. */
  readonly alone?: boolean;
};

/** One version: who, when, of what, and what it changed. */
export const VersionEntry = ({ version, view, directory, alone = false }: VersionEntryProps) => {
  const { t, i18n } = useTranslation(['history', 'records']);
  const language = languageOf(i18n.language);
  const { recordId, kind, group } = version;
  return (
    <article className="history-entry">
      <header className="history-head">
        <ProfessionName
          profession={version.profession}
          person={directory.nameOf(version.authorId) ?? t('records:someone')}
          withProfession
        />
        <span className="history-did">{useDeed(version)}</span>
        {version.seq === null && <Tag tone="line">{t('history:onlyHere')}</Tag>}
        <span className="muted history-time">
          {version.receivedMs !== null &&
            (alone
              ? formatDateTime(version.receivedMs, language)
              : formatTime(version.receivedMs, language))}
          {isWrittenElsewhen(version) && (
            <span className="history-written">
              {t('history:written', { moment: formatDateTime(version.timeMs, language) })}
            </span>
          )}
        </span>
      </header>
      {!alone && (
        <p className="history-what">
          <RecordWords version={version} view={view} directory={directory} />
          <TextLink href={clientHref(view.caseId, 'history', { recordId, group })}>
            {t([
              `records:group.${kind}.${group}`,
              `history:group.${group}`,
              'records:group.unknown',
            ])}
          </TextLink>
        </p>
      )}
      <Changes version={version} view={view} directory={directory} />
    </article>
  );
};

/** What was done, in a word or two. */
const useDeed = ({ kind, group, value, replaced }: HistoryVersion): string => {
  const { t } = useTranslation('history');
  if (group === existenceGroup) {
    return value['state'] === 'removed' ? t('deed.removed') : t('deed.restored');
  }
  if (group === 'order') return t('deed.moved');
  if (kind === 'plan-acknowledgment') return t('deed.acknowledged');
  if (replaced.length === 0) return t('deed.first');
  return replaced.length === 1 ? t('deed.changed') : t('deed.settled', { count: replaced.length });
};

const RecordWords = ({
  version,
  view,
  directory,
}: Pick<VersionEntryProps, 'version' | 'view' | 'directory'>) => {
  const { t } = useTranslation('records');
  const nameOf = useRecordName(view, directory);
  const known = view.records.some(({ id }) => id === version.recordId);
  const { name, title } = known
    ? nameOf(version.recordId)
    : { name: t([`kind.${version.kind}`, 'kind.unknown']), title: '' };
  return (
    <span>
      <b>{name}</b> <PlainText text={title} />
    </span>
  );
};

const Changes = ({
  version,
  view,
  directory,
}: Pick<VersionEntryProps, 'version' | 'view' | 'directory'>) => {
  const { t } = useTranslation(['history', 'records']);
  const textOf = useFieldText(view, directory);
  const { kind, group, value, replaced } = version;
  if (group === 'order' || kind === 'plan-acknowledgment') return undefined;
  if (group === existenceGroup) {
    const { reason } = value;
    return typeof reason === 'string' && reason !== '' ? (
      <p className="history-fields">
        <PlainText text={reason} multiline />
      </p>
    ) : undefined;
  }
  const specs = fieldsOf(kind, group);
  const before = replaced.length === 0 ? [null] : replaced.map((each) => each.value);
  return before.map((from, index) => {
    const fields = changedFields(specs, from as JsonObject | null, value as JsonObject, textOf);
    return (
      <div key={replaced[index]?.changeId ?? 'first'} className="history-fields">
        {before.length > 1 && (
          <p className="muted text-xs">{t('history:fromVersion', { number: index + 1 })}</p>
        )}
        {fields.length === 0 ? (
          <p className="muted text-s">{t('history:sameWords')}</p>
        ) : (
          <dl>
            {fields.map((field) => (
              <div key={field.label}>
                <dt>{t(`records:field.${field.label}`)}</dt>
                <dd>
                  {field.before === null ? (
                    <PlainText text={field.after} multiline />
                  ) : (
                    <WordDiff tokens={diffWords(field.before, field.after)} />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    );
  });
};
