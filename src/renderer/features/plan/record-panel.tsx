import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, IconButton } from '#renderer/components/button.tsx';
import { SidePanel } from '#renderer/components/dialog.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SyncDrawing } from '#renderer/components/sync-sign.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { useRestoreRecordMutation } from '#renderer/store/contract-api.ts';
import { isWaiting, valueOf } from '#renderer/store/reading.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import { GroupSection, useGroupForm, type FieldSurroundings } from '../editing/index.ts';
import { titleOf, type PlanKind, type PlanNode } from '../plan-model/index.ts';
import { RemoveDialog } from './remove-dialog.tsx';

const panelGroups: Readonly<Record<PlanKind | 'plan', readonly string[]>> = {
  plan: ['what-matters', 'situation', 'strengths', 'custodian', 'review', 'course'],
  need: ['heading', 'client-words', 'assessment', 'status'],
  goal: ['statement', 'target', 'lifecycle', 'achievement', 'belonging'],
  action: ['content', 'responsibility', 'schedule', 'status', 'provider', 'belonging'],
};

type GroupOfProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly group: string;
  readonly surroundings: FieldSurroundings;
  readonly autoFocus: boolean;
};

/** One group in the panel. While its versions wait and nothing of one's own is unfinished, only they show. */
const GroupOf = ({ view, record, group, surroundings, autoFocus }: GroupOfProps) => {
  const { t } = useTranslation('records');
  const { id, kind, compartment } = record;
  const target = useMemo(
    () => ({ caseId: view.caseId, recordId: id, kind, compartment, group }),
    [view.caseId, id, kind, compartment, group],
  );
  const form = useGroupForm(target, record);
  const groupView = record.groups[group];
  if (groupView?.state === 'conflict' && form.state === 'untouched') return undefined;
  return (
    <GroupSection
      form={form}
      view={groupView}
      surroundings={surroundings}
      title={t(`group.${kind}.${group}`)}
      autoFocus={autoFocus}
    />
  );
};

/** What the region has of this record, in words and as a drawing. */
const RecordState = ({ record }: { readonly record: RecordView }) => {
  const { t, i18n } = useTranslation('plan');
  const now = useNow();
  const heads = Object.values(record.groups).flatMap((group) => group.heads);
  const latest = Math.max(0, ...heads.map((head) => head.time));
  if (latest === 0) return undefined;
  const moment = formatMoment(latest, now, languageOf(i18n.language));
  const waits = isWaiting(record);
  return (
    <span className="panel-state">
      <SyncDrawing kind={waits ? 'only-here' : 'region-has-all'} />
      <span>{waits ? t('panel.onlyHere', { moment }) : t('panel.atRegion', { moment })}</span>
    </span>
  );
};

const Removed = ({ view, record }: { readonly view: ClientView; readonly record: RecordView }) => {
  const { t } = useTranslation('plan');
  const [restore, { isLoading }] = useRestoreRecordMutation();
  if (record.existence.state !== 'removed') return undefined;
  return (
    <Banner
      tone="warn"
      shape="box"
      title={t('panel.removed')}
      actions={
        <Button
          isPending={isLoading}
          onPress={() => void restore({ caseId: view.caseId, recordId: record.id })}
        >
          {t('panel.restore')}
        </Button>
      }
    >
      <PlainText text={record.existence.reason} />
    </Banner>
  );
};

const standingBelow = (node: PlanNode): number =>
  node.children.reduce(
    (count, child) => count + (child.state === 'removed' ? 0 : 1) + standingBelow(child),
    0,
  );

export type RecordPanelProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  /** Missing for the plan's own texts. */
  readonly node: PlanNode | undefined;
  readonly surroundings: FieldSurroundings;
  /** Counts up when the first field is asked to take the focus (F2). */
  readonly focusAsked: number;
  readonly onClose: () => void;
  readonly onMove: (step: -1 | 1) => void;
};

/** Everything that one row says, each group a form of its own. */
export const RecordPanel = ({
  view,
  record,
  node,
  surroundings,
  focusAsked,
  onClose,
  onMove,
}: RecordPanelProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const [removes, setRemoves] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const kind = node?.kind ?? 'plan';
  const isGone = record.existence.state === 'removed';
  const origin = valueOf(record, node?.kind ?? 'need', 'origin');
  const isUnsaved = useAppSelector((state) =>
    Object.values(state.editing).some((edited) => edited.recordId === record.id),
  );

  const seen = useRef(focusAsked);
  useEffect(() => {
    if (seen.current === focusAsked) return;
    seen.current = focusAsked;
    body.current?.querySelector<HTMLElement>('input, textarea, button.select-button')?.focus();
  }, [focusAsked]);

  const name = node
    ? `${t(`records:kind.${node.kind}`)} ${node.number}`.trim()
    : t('panel.planTexts');
  const title = node ? titleOf(node, languageOf(i18n.language)) : '';
  return (
    <>
      <SidePanel
        title={name}
        label={title === '' ? name : `${name} ${title}`}
        isOpen
        onClose={onClose}
        actions={
          <>
            {isUnsaved ? undefined : <RecordState record={record} />}
            {node && !isGone && (
              <span className="row end">
                <Tooltip text={t('panel.up')}>
                  <IconButton icon="arrowUp" label={t('panel.up')} onPress={() => onMove(-1)} />
                </Tooltip>
                <Tooltip text={t('panel.down')}>
                  <IconButton icon="arrowDown" label={t('panel.down')} onPress={() => onMove(1)} />
                </Tooltip>
                <Button variant="bad" onPress={() => setRemoves(true)}>
                  {t('panel.remove')}
                </Button>
              </span>
            )}
          </>
        }
      >
        <div className="panel-groups" ref={body} key={record.id}>
          <Removed view={view} record={record} />
          {node && !isGone && node.hangsOnRemoved && (
            <Banner tone="warn" shape="box">
              {t('panel.hangsOnRemoved')}
            </Banner>
          )}
          <ConflictBanners view={view} record={record} directory={surroundings.directory} />
          {!isGone &&
            panelGroups[kind].map((group) => (
              <GroupOf
                key={group}
                view={view}
                record={record}
                group={group}
                surroundings={surroundings}
                autoFocus={false}
              />
            ))}
          {origin !== null && origin.label !== '' && (
            <p className="muted text-xs">
              {t('panel.origin')} <PlainText text={`${origin.label} (${origin.system})`} />
            </p>
          )}
        </div>
      </SidePanel>
      {node && (
        <RemoveDialog
          caseId={view.caseId}
          recordId={record.id}
          what={name}
          below={standingBelow(node)}
          isOpen={removes}
          onClose={() => setRemoves(false)}
        />
      )}
    </>
  );
};
