import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, IconButton } from '#renderer/components/button.tsx';
import { SidePanel } from '#renderer/components/dialog.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SyncDrawing } from '#renderer/components/sync-sign.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { useRestoreRecordMutation } from '#renderer/store/calls/records-api.ts';
import { isWaiting, valueOf } from '#renderer/store/reading.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import {
  fieldIn,
  NewerGroups,
  RecordGroup,
  type FieldAsked,
  type FieldSurroundings,
} from '../editing/index.ts';
import { CommonNote, type Family } from '../family/index.ts';
import { GoalRatings } from '../goals/index.ts';
import { titleOf, type Contradiction, type Overlap, type PlanNode } from '../plan-model/index.ts';
import { RequestList, type PlanRequest } from '../requests/index.ts';
import { ContradictionNote } from './contradiction-note.tsx';
import { OverlapNote } from './overlap-note.tsx';
import { shownGroups } from './panel-groups.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { TouchedNote } from './touched-note.tsx';
import { standingBelow, type TouchedTasks } from './touched-tasks.ts';

/** What the region has of this record, in words and as a drawing. */
const RecordState = ({ record }: { readonly record: RecordView }) => {
  const { t, i18n } = useTranslation('plan');
  const now = useNow();
  const heads = Object.values(record.groups).flatMap((group) => group.heads);
  const latest = Math.max(record.existenceTouched?.time ?? 0, ...heads.map((head) => head.time));
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

type RemovedProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly onRestored: () => void;
};

const Removed = ({ view, record, onRestored }: RemovedProps) => {
  const { t } = useTranslation('plan');
  const [restore, { isLoading }] = useRestoreRecordMutation();
  if (record.existence.state !== 'removed') return undefined;
  const giveBack = async (): Promise<void> => {
    const done = await restore({ caseId: view.caseId, recordId: record.id });
    if (done.error === undefined) onRestored();
  };
  return (
    <Banner
      tone="warn"
      shape="box"
      title={t('panel.removed')}
      actions={
        !record.newer && (
          <Button isPending={isLoading} onPress={() => void giveBack()}>
            {t('panel.restore')}
          </Button>
        )
      }
    >
      <PlainText text={record.existence.reason} />
    </Banner>
  );
};

export type RecordPanelProps = {
  readonly view: ClientView;
  readonly node: PlanNode;
  readonly surroundings: FieldSurroundings;
  /** What has been asked about this row. */
  readonly requests: readonly PlanRequest[];
  /** Actions of others that say the same. */
  readonly overlaps: readonly Overlap[];
  /** What in the plan speaks against this row. */
  readonly contradictions: readonly Contradiction[];
  readonly touched: TouchedTasks;
  readonly family: Family;
  readonly parent: PlanNode | undefined;
  readonly fieldAsked: FieldAsked | null;
  readonly onClose: () => void;
  /** The row was removed or restored: what was pressed is gone. */
  readonly onSettled: () => void;
  readonly onMove: (step: -1 | 1) => void;
};

/** Everything that one row says, each group a form of its own. */
export const RecordPanel = ({
  view,
  node,
  surroundings,
  requests,
  overlaps,
  contradictions,
  touched,
  family,
  parent,
  fieldAsked,
  onClose,
  onSettled,
  onMove,
}: RecordPanelProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const [removes, setRemoves] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const { record, kind } = node;
  const isGone = record.existence.state === 'removed';
  const origin = valueOf(record, kind, 'origin');
  const isUnsaved = useAppSelector((state) =>
    Object.values(state.editing).some((edited) => edited.recordId === record.id),
  );

  useEffect(() => {
    if (fieldAsked && body.current) fieldIn(body.current, fieldAsked)?.focus();
  }, [fieldAsked]);

  const name = `${t(`records:kind.${kind}`)} ${node.number}`.trim();
  const title = titleOf(node, languageOf(i18n.language));
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
            <Tooltip text={t('panel.history')}>
              <IconButton
                icon="clock"
                label={t('panel.history')}
                onPress={() => goTo(clientHref(view.caseId, 'history', { recordId: record.id }))}
              />
            </Tooltip>
            {!isGone && !record.newer && (
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
          <Removed view={view} record={record} onRestored={onSettled} />
          {!isGone && node.hangsOnRemoved && (
            <Banner tone="warn" shape="box">
              {t('panel.hangsOnRemoved')}
            </Banner>
          )}
          <ConflictBanners view={view} record={record} directory={surroundings.directory} />
          {contradictions.length > 0 && (
            <ContradictionNote
              caseId={view.caseId}
              contradictions={contradictions}
              directory={surroundings.directory}
            />
          )}
          {overlaps.length > 0 && (
            <OverlapNote
              caseId={view.caseId}
              node={node}
              overlaps={overlaps}
              directory={surroundings.directory}
            />
          )}
          <RequestList view={view} directory={surroundings.directory} requests={requests} />
          {!isGone && (
            <TouchedNote
              caseId={view.caseId}
              touched={touched}
              directory={surroundings.directory}
            />
          )}
          {!isGone && (
            <CommonNote
              view={view}
              directory={surroundings.directory}
              record={record}
              parent={parent?.record}
              family={family}
            />
          )}
          {!isGone && kind === 'goal' && (
            <GoalRatings view={view} goal={record} directory={surroundings.directory} />
          )}
          {!isGone &&
            shownGroups(node).map((group) => (
              <RecordGroup
                key={group}
                view={view}
                record={record}
                group={group}
                surroundings={surroundings}
              />
            ))}
          <NewerGroups record={record} directory={surroundings.directory} />
          {origin !== null && origin.label !== '' && (
            <p className="muted text-xs">
              {t('panel.origin')} <PlainText text={`${origin.label} (${origin.system})`} />
            </p>
          )}
        </div>
      </SidePanel>
      <RemoveDialog
        caseId={view.caseId}
        recordId={record.id}
        what={`${name.slice(0, 1).toLowerCase()}${name.slice(1)}`}
        below={standingBelow(node).length}
        isOpen={removes}
        onClose={() => setRemoves(false)}
        onRemoved={onSettled}
      />
    </>
  );
};
