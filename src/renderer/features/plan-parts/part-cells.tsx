import type { TFunction } from 'i18next';
import type { RecordView, VersionView } from '#shared/contract/views.ts';
import { ClientWords } from '#renderer/components/client-words.tsx';
import { civilDateOf, formatShortDate } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { ForkSign, GapSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { TreeCell } from '#renderer/components/tree-grid.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { versionsOf } from '#renderer/store/reading.ts';
import { rowWriter, type ElementState, type PartGap } from '../plan-model/index.ts';
import { RowRequests, type PlanRequest } from '../requests/index.ts';
import type { PartRow } from './part-rows.ts';
import type { PartWords } from './use-part-words.ts';

export type PartCellSurroundings = {
  readonly t: TFunction;
  readonly today: string;
  readonly directory: Directory;
  readonly gapById: ReadonlyMap<string, PartGap['gap']>;
  /** The day of the next look, by the row that is followed. */
  readonly nextChecks: ReadonlyMap<string, string>;
  readonly words: PartWords;
  readonly requestsAt: (row: PartRow) => readonly PlanRequest[];
};

/** Groups in which the client speaks. */
const clientVoices: ReadonlySet<string> = new Set(['what-matters', 'client-assessment']);

const Writer = ({
  written,
  around,
}: {
  readonly written: VersionView | null;
  readonly around: PartCellSurroundings;
}) =>
  written === null ? undefined : (
    <ProfessionName
      profession={written.profession}
      person={around.directory.nameOf(written.authorId) ?? around.t('records:someone')}
      size="small"
    />
  );

const day = (written: VersionView | null, { today }: PartCellSurroundings) =>
  written === null ? undefined : (
    <span className="muted">{formatShortDate(civilDateOf(written.time), today)}</span>
  );

const Written = ({ t }: PartCellSurroundings) => (
  <span className="part-written">
    <Icon name="check" size={13} />
    {t('plan:parts.written')}
  </span>
);

const State = ({
  row,
  around,
}: {
  readonly row: Extract<PartRow, { of: 'element' }>;
  readonly around: PartCellSurroundings;
}) => {
  const { t, gapById } = around;
  const { state, asked } = row;
  if (state.versions > 0) return <ForkSign versions={state.versions} />;
  if (state.isUnfinished) {
    return (
      <Tag tone="info" icon="edit">
        {t('plan:sign.unfinished')}
      </Tag>
    );
  }
  const gap = gapById.get(state.element.id);
  // The row says what is missing: here it is enough that it is.
  if (gap !== undefined) return <GapSign gap={gap === 'review-past' ? gap : 'element'} />;
  if (state.isWritten) return <Written {...around} />;
  return (
    <span className="muted">
      {asked === 'recommended' ? t('plan:parts.recommended') : t('plan:parts.notWritten')}
    </span>
  );
};

/** When a followed row is looked at next, or that nobody has said so. */
const NextCheck = ({
  record,
  around,
}: {
  readonly record: RecordView;
  readonly around: PartCellSurroundings;
}) => {
  const gap = around.gapById.get(record.id);
  if (gap !== undefined) return <GapSign gap={gap} />;
  const next = around.nextChecks.get(record.id);
  return next === undefined ? undefined : (
    <span className="muted">
      {around.t('plan:parts.nextCheck', { date: formatShortDate(next, around.today) })}
    </span>
  );
};

/** How many of a chapter's elements have been written. */
const progress = (states: readonly ElementState[], t: TFunction): string =>
  t('plan:parts.progress', {
    written: states.filter(({ isWritten }) => isWritten).length,
    all: states.length,
  });

const Text = ({
  row,
  around,
}: {
  readonly row: PartRow;
  readonly around: PartCellSurroundings;
}) => {
  const text = around.words.textOf(row);
  if (text === '') return undefined;
  return (
    <span className="part-text" title={text}>
      {row.of === 'element' && clientVoices.has(row.state.element.id) ? (
        <ClientWords text={text} />
      ) : (
        <PlainText text={text} />
      )}
    </span>
  );
};

/** One line per element: what it is called, what it says, who wrote it and when, and whether it is there. */
export const partCells = (row: PartRow, around: PartCellSurroundings): readonly TreeCell[] => {
  const name = (
    <span className="part-name" title={around.words.nameOf(row)}>
      <PlainText text={around.words.nameOf(row)} />
    </span>
  );
  const text = (
    <>
      <Text row={row} around={around} />
      <RowRequests requests={around.requestsAt(row)} />
    </>
  );
  switch (row.of) {
    case 'section':
      return [
        { column: 'part', content: name, isMain: true, span: 2 },
        {
          column: 'writer',
          span: 3,
          content: <span className="muted text-s end">{progress(row.states, around.t)}</span>,
        },
      ];
    case 'element':
      return [
        { column: 'part', content: name, isMain: true },
        { column: 'text', content: text },
        { column: 'writer', content: <Writer written={row.state.written} around={around} /> },
        { column: 'day', content: day(row.state.written, around) },
        { column: 'state', content: <State row={row} around={around} /> },
      ];
    default: {
      const written = rowWriter(row.record);
      const versions = versionsOf(row.record);
      return [
        { column: 'part', content: name, isMain: true },
        { column: 'text', content: text },
        { column: 'writer', content: <Writer written={written} around={around} /> },
        { column: 'day', content: day(written, around) },
        {
          column: 'state',
          content:
            versions > 0 ? (
              <ForkSign versions={versions} />
            ) : written === null || Object.keys(row.record.drafts).length > 0 ? (
              <Tag tone="info" icon="edit">
                {around.t('plan:sign.unfinished')}
              </Tag>
            ) : (
              <NextCheck record={row.record} around={around} />
            ),
        },
      ];
    }
  }
};
