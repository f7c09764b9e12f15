import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { isRowKind, lawWords, type Law } from '#shared/domain/plan-elements.ts';
import { Button, IconButton, TextLink } from '#renderer/components/button.tsx';
import { SidePanel } from '#renderer/components/dialog.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { clientHref, goTo } from '#renderer/store/route.ts';
import {
  fieldIn,
  RemovalDialog,
  type FieldAsked,
  type FieldSurroundings,
} from '../editing/index.ts';
import { RequestList, type PlanRequest } from '../requests/index.ts';
import { placeOfRow, type PartRow } from './part-rows.ts';
import { Group, RowGroups } from './row-groups.tsx';
import type { ElsewhereLine } from './use-elsewhere.ts';
import type { PartWords } from './use-part-words.ts';

export type PartPanelProps = {
  readonly view: ClientView;
  readonly row: PartRow;
  readonly words: PartWords;
  /** What has been asked about this part. */
  readonly requests: readonly PlanRequest[];
  readonly plan: RecordView;
  readonly surroundings: FieldSurroundings;
  readonly fieldAsked: FieldAsked | null;
  /** Missing where one may not write. */
  readonly onAdd?: () => void;
  /** Whether one may write in the part of the client where the row lies. */
  readonly isWritable: boolean;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
};

/** Where in the law it stands, for whoever asks. */
const LawSign = ({ law }: { readonly law: readonly Law[] }) => {
  const { t, i18n } = useTranslation('plan');
  const language = languageOf(i18n.language);
  if (law.length === 0) return undefined;
  const words = t('parts.law', { law: law.map((each) => lawWords(each, language)).join(', ') });
  return (
    <Tooltip text={words}>
      <IconButton icon="info" label={words} onPress={() => undefined} />
    </Tooltip>
  );
};

const HistoryButton = ({
  view,
  recordId,
  group,
}: {
  readonly view: ClientView;
  readonly recordId: string;
  readonly group: string;
}) => {
  const { t } = useTranslation('plan');
  return (
    <Tooltip text={t('panel.history')}>
      <IconButton
        icon="clock"
        label={t('panel.history')}
        onPress={() => goTo(clientHref(view.caseId, 'history', { recordId, group }))}
      />
    </Tooltip>
  );
};

const Lines = ({ lines }: { readonly lines: readonly ElsewhereLine[] }) => (
  <ul className="list part-lines">
    {lines.map(({ id, label, note, href }) => (
      <li key={id}>
        <span className="grow">
          <TextLink href={href}>
            <PlainText text={label} />
          </TextLink>
          {note !== '' && (
            <span className="muted text-xs part-line-note">
              <PlainText text={note} />
            </span>
          )}
        </span>
      </li>
    ))}
  </ul>
);

const Body = ({ view, row, words, plan, surroundings, onAdd }: PartPanelProps): ReactNode => {
  const { t } = useTranslation(['plan', 'meeting']);
  const place = placeOfRow(row, plan);
  if (place !== null) {
    return (
      <>
        {place.record.groups['course'] !== undefined && place.record.kind === 'plan-meeting' && (
          <TextLink href={clientHref(view.caseId, 'meeting', { recordId: place.record.id })}>
            {t('meeting:openMinutes')}
          </TextLink>
        )}
        {isRowKind(place.record.kind) && row.of === 'record' ? (
          <RowGroups view={view} surroundings={surroundings} record={place.record} />
        ) : (
          <Group view={view} surroundings={surroundings} {...place} />
        )}
      </>
    );
  }
  if (row.of === 'section') {
    return <p className="muted text-s">{t(`parts.sectionAbout.${row.section}`)}</p>;
  }
  const { element, records } = row.state;
  if (element.shape === 'rows') {
    const add = onAdd && (
      <Button icon="plus" onPress={onAdd}>
        {t(`parts.add.${element.kind}`)}
      </Button>
    );
    return (
      <>
        <p className="muted text-s">{t(`parts.about.${element.id}`)}</p>
        {records.length === 0 ? (
          <EmptyState {...(add ? { action: add } : {})}>
            {t(`parts.none.${element.kind}`)}
          </EmptyState>
        ) : (
          add && <p>{add}</p>
        )}
      </>
    );
  }
  const lines = words.linesOf(row);
  return (
    <>
      <p className="muted text-s">{t(`parts.about.${element.id}`)}</p>
      {lines.length === 0 ? (
        <EmptyState
          action={
            <TextLink
              href={clientHref(view.caseId, element.id === 'private-people' ? 'team' : 'plan')}
            >
              {t(`parts.write.${element.id}`)}
            </TextLink>
          }
        >
          {t('parts.noneElsewhere')}
        </EmptyState>
      ) : (
        <Lines lines={lines} />
      )}
    </>
  );
};

/** Everything that one part of the plan says, to be read and written. */
export const PartPanel = (props: PartPanelProps) => {
  const { view, row, words, plan, fieldAsked, onClose, onRemoved } = props;
  const { t } = useTranslation('plan');
  const [removes, setRemoves] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fieldAsked && body.current) fieldIn(body.current, fieldAsked)?.focus();
  }, [fieldAsked]);
  const place = placeOfRow(row, plan);
  const name = words.nameOf(row);
  const removable =
    row.of === 'record' &&
    row.record.kind !== 'dissenting-view' &&
    !row.record.newer &&
    props.isWritable;
  return (
    <>
      <SidePanel
        title={name}
        label={name}
        isOpen
        onClose={onClose}
        actions={
          <>
            {row.of !== 'section' && <LawSign law={row.state.element.law} />}
            {place !== null && Object.hasOwn(place.record.groups, place.group) && (
              <HistoryButton view={view} recordId={place.record.id} group={place.group} />
            )}
            {removable && (
              <span className="row end">
                <Button variant="bad" onPress={() => setRemoves(true)}>
                  {t('panel.remove')}
                </Button>
              </span>
            )}
          </>
        }
      >
        <div className="panel-groups" ref={body} key={row.id}>
          <RequestList
            view={view}
            directory={props.surroundings.directory}
            requests={props.requests}
          />
          <Body {...props} />
        </div>
      </SidePanel>
      {row.of === 'record' && (
        <RemovalDialog
          caseId={view.caseId}
          recordId={row.record.id}
          title={t('parts.removeTitle')}
          width="narrow"
          labels={{
            why: t('remove.why'),
            stays: t('parts.removedStays'),
            reasonMissing: t('remove.reasonMissing'),
            cancel: t('remove.cancel'),
            carryOut: t('remove.carryOut'),
          }}
          isOpen={removes}
          onClose={() => setRemoves(false)}
          onRemoved={onRemoved}
        />
      )}
    </>
  );
};
