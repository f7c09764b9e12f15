import { useTranslation } from 'react-i18next';
import type { ClientView, GroupView, RecordView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ClientWords } from '#renderer/components/client-words.tsx';
import { formatDateTime, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { useRegionRole } from '#renderer/components/region-role.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';
import { titleOf, type PlanNode } from '../plan-model/index.ts';
import { panelGroups } from './panel-groups.ts';

export type RecordThenProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  /** Missing for the plan's own texts. */
  readonly node: PlanNode | undefined;
  readonly directory: Directory;
  /** Shows the plan's own texts; missing where they are shown or there are none. */
  readonly onPlanTexts?: () => void;
};

/** Everything that one row said then, each group with who had written it; versions that waited, side by side. */
export const RecordThen = ({ view, record, node, directory, onPlanTexts }: RecordThenProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const kind = node?.kind ?? 'plan';
  const name = node
    ? `${t(`records:kind.${node.kind}`)} ${node.number}`.trim()
    : t('plan:panel.planTexts');
  const title = node ? titleOf(node, languageOf(i18n.language)) : '';
  const { existence } = record;
  return (
    <section
      role={useRegionRole()}
      className="card plan-record-then"
      aria-label={`${name} ${title}`.trim()}
    >
      <header className="card-head">
        <h3>{name}</h3>
        {onPlanTexts && (
          <span className="card-more">
            <Button onPress={onPlanTexts}>{t('plan:planTexts')}</Button>
          </span>
        )}
      </header>
      <div className="card-body panel-groups">
        {existence.state !== 'standing' && (
          <Banner tone="warn" shape="box" title={t('plan:then.removed')}>
            <PlainText text={existence.reason} />
          </Banner>
        )}
        {panelGroups[kind].map((group) => {
          const groupView = record.groups[group];
          return (
            groupView && (
              <GroupThen
                key={group}
                view={view}
                kind={kind}
                group={group}
                groupView={groupView}
                directory={directory}
              />
            )
          );
        })}
      </div>
    </section>
  );
};

type GroupThenProps = Pick<RecordThenProps, 'view' | 'directory'> & {
  readonly kind: string;
  readonly group: string;
  readonly groupView: GroupView;
};

/** What one group said, and who had written it. */
export const GroupThen = ({ view, kind, group, groupView, directory }: GroupThenProps) => {
  const { t } = useTranslation('records');
  const { heads } = groupView;
  const shown =
    groupView.state === 'conflict' ? heads.map(({ value }) => value) : [groupView.value];
  return (
    <section className="plan-group-then">
      <h4>
        {t(`group.${kind}.${group}`)}{' '}
        {groupView.state === 'conflict' && <ForkSign versions={heads.length} />}
      </h4>
      {shown.map((value, index) => (
        <div key={heads[index]?.changeId ?? index}>
          <FieldsThen
            view={view}
            kind={kind}
            group={group}
            value={value as JsonObject}
            directory={directory}
          />
          <Authors
            heads={groupView.state === 'conflict' ? heads.slice(index, index + 1) : heads}
            directory={directory}
          />
        </div>
      ))}
    </section>
  );
};

const Authors = ({
  heads,
  directory,
}: {
  readonly heads: GroupView['heads'];
  readonly directory: Directory;
}) => {
  const { t, i18n } = useTranslation('records');
  return heads.map((head) => (
    <p key={head.changeId} className="muted text-xs plan-author-then">
      <ProfessionName
        profession={head.profession}
        person={directory.nameOf(head.authorId) ?? t('someone')}
        size="small"
      />
      {formatDateTime(head.time, languageOf(i18n.language))}
    </p>
  ));
};

const FieldsThen = ({
  view,
  kind,
  group,
  value,
  directory,
}: Omit<GroupThenProps, 'groupView'> & { readonly value: JsonObject }) => {
  const { t } = useTranslation('records');
  const textOf = useFieldText(view, directory);
  return (
    <dl>
      {fieldsOf(kind, group).map((spec) => {
        const text = textOf(spec, value);
        return (
          text !== '' && (
            <div key={spec.name}>
              <dt>{t(`field.${spec.label}`)}</dt>
              <dd>
                {spec.type === 'prose' && spec.voice === 'client' ? (
                  <ClientWords text={text} multiline />
                ) : (
                  <PlainText text={text} multiline />
                )}
              </dd>
            </div>
          )
        );
      })}
    </dl>
  );
};
