import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { addDays } from '#shared/domain/civil-date.ts';
import { Card } from '#renderer/components/card.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { PlanTree } from '../plan-model/index.ts';
import { braidEvents, fewStrands } from './braid-events.ts';
import { braidGeometry } from './braid-geometry.ts';
import { BraidLabels } from './braid-labels.tsx';
import { BraidPicture } from './braid-picture.tsx';
import './braid.css';

export type BraidCardProps = {
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly directory: Directory;
  /** To be read alone: nothing leads to the team's own page. */
  readonly isReadOnly: boolean;
};

/** Half a year back and three months ahead, in days. */
const [back, ahead] = [183, 92];
/** Pixels; the picture is drawn this wide and stretched to its place. */
const [width, lane] = [440, 15];
const mostLanes = 8;

/** Who works with the client, from when, and when they met: a strand for each profession. */
export const BraidCard = ({ view, tree, directory, isReadOnly }: BraidCardProps) => {
  const { t } = useTranslation('overview');
  const today = useToday();
  const events = useMemo(
    () => braidEvents(view, directory.professionOf, today),
    [view, directory, today],
  );
  const frame = useMemo(
    () => ({ from: addDays(today, -back), today, to: addDays(today, ahead), width, lane }),
    [today],
  );
  const all = events.strands.length;
  const braid = useMemo(() => {
    const strands = fewStrands(events.strands, mostLanes, today);
    return braidGeometry({ ...events, strands }, frame);
  }, [events, frame, today]);
  return (
    <Card
      title={t('braid.title')}
      note={
        all > braid.lanes.length
          ? t('shownOf', { shown: braid.lanes.length, all })
          : t('braid.note')
      }
      {...(isReadOnly
        ? {}
        : { more: <TextLink href={clientHref(view.caseId, 'team')}>{t('toTeam')}</TextLink> })}
      className="overview-braid"
    >
      {braid.lanes.length === 0 ? (
        <EmptyState>{t('braid.nobody')}</EmptyState>
      ) : (
        <div className="braid">
          <BraidLabels lanes={braid.lanes} tree={tree} directory={directory} height={lane} />
          <BraidPicture braid={braid} caseId={view.caseId} width={width} today={today} />
        </div>
      )}
    </Card>
  );
};
