import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { formatDateTime, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { conflictsOf, isWaiting } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import type { PermissionEntry } from './permission-list.ts';
import type { ScopeWords } from './scope-words.ts';

export type PermissionAct = 'change' | 'end' | 'remove';

export type PermissionRowProps = {
  readonly entry: PermissionEntry;
  readonly view: ClientView;
  readonly directory: Directory;
  readonly words: ScopeWords;
  readonly isShown: boolean;
  /** Without the right to record, the row only tells. */
  readonly mayRecord: boolean;
  readonly onAct: (act: PermissionAct, entry: PermissionEntry) => void;
};

const bringIntoSight = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });

const Acts = ({
  entry,
  title,
  onAct,
}: Pick<PermissionRowProps, 'entry' | 'onAct'> & { readonly title: string }) => {
  const { t } = useTranslation('permissions');
  const acts: readonly PermissionAct[] =
    entry.when === 'ended' ? ['change', 'remove'] : ['change', 'end', 'remove'];
  return acts.map((act) => (
    <Button
      key={act}
      variant="flat"
      aria-label={t(`act.${act}Of`, { what: title })}
      onPress={() => onAct(act, entry)}
    >
      {t(`act.${act}`)}
    </Button>
  ));
};

/** One permission, consent, prohibition or joint service: what, whose words, until when, who recorded it. */
export const PermissionRow = ({
  entry,
  view,
  directory,
  words,
  isShown,
  mayRecord,
  onAct,
}: PermissionRowProps) => {
  const { t, i18n } = useTranslation(['permissions', 'records']);
  const language = languageOf(i18n.language);
  const { record, recorded, when, versions, kind } = entry;
  const title = words.title(entry);
  const concerns = words.concerns(entry);
  const said = entry.kind === 'joint-service' ? null : entry.scope;
  const [disputed = 'scope'] = conflictsOf(record);
  return (
    <li
      className={[
        'permission-row',
        when === 'ended' ? 'permission-ended' : '',
        isShown ? 'permission-shown' : '',
      ].join(' ')}
      {...(isShown ? { ref: bringIntoSight } : {})}
    >
      <div className="permission-words">
        <p className="permission-title">
          <b>
            <PlainText text={title} />
          </b>{' '}
          {entry.kind === 'guardian-prohibition' && (
            <Tag tone={entry.scope.decision === 'accepted' ? 'bad' : 'neutral'}>
              {t(`records:banDecision.${entry.scope.decision}`)}
            </Tag>
          )}{' '}
          {when !== 'current' && <Tag>{t(`when.${when}`)}</Tag>}{' '}
          {isWaiting(record) && <Tag tone="line">{t('onlyHere')}</Tag>}
        </p>
        {concerns !== '' && (
          <p>
            <PlainText text={concerns} />
          </p>
        )}
        {entry.kind === 'guardian-prohibition' && (
          <p className="text-s">
            <PlainText text={t('banReason', { reason: entry.scope.reason })} />
          </p>
        )}
        {said !== null && said.text.trim() !== '' && (
          <p className="permission-text">
            <PlainText text={said.text} multiline />
          </p>
        )}
        <p className="permission-recorded">
          {said !== null && (
            <span>
              <PlainText
                text={t('given', {
                  name: said.givenBy,
                  way: t(`records:expressionWay.${said.way}`),
                })}
              />
            </span>
          )}
          <span className="permission-recorder">
            {t('recorded')}{' '}
            <ProfessionName
              profession={recorded.profession}
              person={directory.nameOf(recorded.authorId) ?? t('records:someone')}
              size="small"
            />{' '}
            {formatDateTime(recorded.time, language)}
          </span>
        </p>
      </div>
      <div className="permission-side">
        <span className="nowrap">{words.validity(entry)}</span>
        {versions > 0 ? (
          <span className="permission-acts">
            <ForkSign versions={versions} />{' '}
            <TextLink
              href={clientHref(view.caseId, 'permissions', {
                recordId: record.id,
                settle: disputed,
              })}
            >
              {t('settle')}
            </TextLink>
          </span>
        ) : (
          mayRecord && (
            <span className="permission-acts">
              <Acts entry={entry} title={`${t(`records:kind.${kind}`)}: ${title}`} onAct={onAct} />
            </span>
          )
        )}
        {versions > 0 && (
          <span className="text-xs muted">
            {t(kind.endsWith('prohibition') ? 'disputedForbids' : 'disputed')}
          </span>
        )}
      </div>
    </li>
  );
};
