import type { TFunction } from 'i18next';
import { ClientWords } from '#renderer/components/client-words.tsx';
import { formatShortDate, type Language } from '#renderer/components/format.ts';
import { GasSign } from '#renderer/components/gas-sign.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { ProfessionMarkId } from '#renderer/components/profession-glyphs.tsx';
import {
  AchievementSign,
  ChangedMark,
  ForkSign,
  GapSign,
  TrendSign,
} from '#renderer/components/signs.tsx';
import { StatusSign } from '#renderer/components/status-sign.tsx';
import { StrandGutter } from '#renderer/components/strand-gutter.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { TreeCell } from '#renderer/components/tree-grid.tsx';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { isWaiting, valueOf, versionsOf } from '#renderer/store/reading.ts';
import { CommonSign, type CommonRow } from '../family/index.ts';
import { isUnseen } from '../unseen/index.ts';
import { RowRequests, type PlanRequest } from '../requests/index.ts';
import {
  type ratingsByGoal,
  standingOfGoal,
  strandsOf,
  titleOf,
  type Contradiction,
  type Overlap,
  type PlanGap,
  type PlanNode,
} from '../plan-model/index.ts';

export type CellSurroundings = {
  readonly t: TFunction;
  readonly language: Language;
  readonly today: string;
  readonly directory: Directory;
  readonly slots: readonly ProfessionMarkId[];
  readonly requestsAt: (id: string) => readonly PlanRequest[];
  /** Of each goal, the oldest first. */
  readonly ratings: ReturnType<typeof ratingsByGoal>;
  readonly overlaps: ReadonlyMap<string, readonly Overlap[]>;
  readonly contradictions: ReadonlyMap<string, readonly Contradiction[]>;
  /** The same row in siblings' plans. */
  readonly commonOf: (id: string) => readonly CommonRow[];
  readonly gapOf: (node: PlanNode) => PlanGap['gap'] | undefined;
};

const OnlyHere = ({ words }: { readonly words: string }) => (
  <span className="plan-only-here" title={words}>
    <Icon name="laptop" size={13} />
    <VisuallyHidden>{words}</VisuallyHidden>
  </span>
);

const Name = ({ node, around }: { readonly node: PlanNode; readonly around: CellSurroundings }) => {
  const { t, language } = around;
  const title = titleOf(node, language);
  const words =
    node.kind === 'need' ? (valueOf(node.record, 'need', 'client-words')?.text ?? '') : '';
  const isGone = node.state === 'removed';
  return (
    <>
      {node.number !== '' && <b className="plan-number">{node.number}</b>}
      <span
        className={`plan-title plan-title-${node.kind}${isGone ? ' plan-gone' : ''}`}
        title={title}
      >
        {title === '' ? (
          <span className="muted">{t(`records:untitled.${node.kind}`)}</span>
        ) : (
          <PlainText text={title} />
        )}
      </span>
      {words !== '' && (
        <span className="cut muted plan-words">
          <ClientWords text={words} />
        </span>
      )}
      {isGone && <Tag tone="line">{t('plan:sign.removed')}</Tag>}
      {!isGone && node.hangsOnRemoved && (
        <Tag tone="warn" icon="alert">
          {t('plan:hangsOnRemoved')}
        </Tag>
      )}
      {Object.keys(node.record.drafts).length > 0 && (
        <Tag tone="info" icon="edit">
          {t('plan:sign.unfinished')}
        </Tag>
      )}
      {around.overlaps.has(node.id) && (
        <Tag tone="mark" icon="people">
          {t('plan:sign.overlap')}
        </Tag>
      )}
      {around.contradictions.has(node.id) && (
        <Tag tone="warn" icon="alert">
          {t('plan:sign.contradiction')}
        </Tag>
      )}
      <CommonSign common={around.commonOf(node.id)} />
      <RowRequests requests={around.requestsAt(node.id)} />
      {isUnseen(node.record) && <ChangedMark />}
      {isWaiting(node.record) && <OnlyHere words={t('plan:onlyHere')} />}
    </>
  );
};

type CellProps = { readonly node: PlanNode; readonly around: CellSurroundings };

/** Where a goal is on its scale, or that it has none. */
const Measure = ({ node, around }: CellProps) => {
  const { now, before } = standingOfGoal(around.ratings.get(node.id) ?? []);
  if (now !== null) return <GasSign now={now} before={before} />;
  return around.gapOf(node) === 'measure' ? <GapSign gap="measure" /> : undefined;
};

/** Where a goal is going: by its ratings, else as it was last assessed in words. */
const Trend = ({ node, around }: CellProps) => {
  const { trend } = standingOfGoal(around.ratings.get(node.id) ?? []);
  if (trend !== null) return <TrendSign trend={trend} />;
  return (
    <AchievementSign
      achievement={valueOf(node.record, 'goal', 'achievement')?.achievement ?? 'not-assessed'}
    />
  );
};

const Fork = ({ node }: { readonly node: PlanNode }) => {
  const versions = versionsOf(node.record);
  return versions > 0 ? <ForkSign versions={versions} /> : undefined;
};

const day = (date: string | null | undefined, around: CellSurroundings) =>
  date ? (
    <span className={date < around.today ? 'plan-past' : 'muted'}>
      {formatShortDate(date, around.today)}
    </span>
  ) : undefined;

const Responsible = ({
  node,
  around,
}: {
  readonly node: PlanNode;
  readonly around: CellSurroundings;
}) => {
  const id = valueOf(node.record, 'action', 'responsibility')?.responsibleId ?? null;
  if (id === null) {
    return around.gapOf(node) === 'responsible' ? <GapSign gap="responsible" /> : undefined;
  }
  const name = around.directory.nameOf(id) ?? around.t('records:someone');
  return (
    <ProfessionName profession={around.directory.professionOf(id)} person={name} size="small" />
  );
};

const Deputy = ({
  node,
  around,
}: {
  readonly node: PlanNode;
  readonly around: CellSurroundings;
}) => {
  if (versionsOf(node.record) > 0) return <Fork node={node} />;
  const id = valueOf(node.record, 'action', 'responsibility')?.deputyId ?? null;
  if (id !== null) {
    const name = around.directory.nameOf(id) ?? around.t('records:someone');
    return (
      <span className="muted cut" title={name}>
        <PlainText text={name} />
      </span>
    );
  }
  return around.gapOf(node) === 'deputy' ? <GapSign gap="deputy" /> : undefined;
};

/** One line per fact: what stands in each column of a need, a goal, an action. */
export const rowCells = (node: PlanNode, around: CellSurroundings): readonly TreeCell[] => {
  const strands: TreeCell = {
    column: 'strands',
    content: (
      <StrandGutter slots={around.slots} strands={strandsOf(node, around.directory.professionOf)} />
    ),
  };
  const name = <Name node={node} around={around} />;
  switch (node.kind) {
    case 'need':
      return [
        strands,
        { column: 'title', content: name, isMain: true, span: 2 },
        {
          column: 'deputy',
          content: around.gapOf(node) === 'goal' ? <GapSign gap="goal" /> : <Fork node={node} />,
        },
        {
          column: 'status',
          span: 2,
          content: (
            <StatusSign
              of="need"
              status={valueOf(node.record, 'need', 'status')?.status ?? 'open'}
            />
          ),
        },
      ];
    case 'goal':
      return [
        strands,
        { column: 'title', content: name, isMain: true },
        { column: 'who', content: <Measure node={node} around={around} /> },
        {
          column: 'deputy',
          content:
            versionsOf(node.record) > 0 ? (
              <Fork node={node} />
            ) : (
              <Trend node={node} around={around} />
            ),
        },
        {
          column: 'status',
          content: (
            <StatusSign
              of="goal"
              status={valueOf(node.record, 'goal', 'lifecycle')?.status ?? 'proposed'}
            />
          ),
        },
        { column: 'next', content: day(valueOf(node.record, 'goal', 'target')?.date, around) },
      ];
    default:
      return [
        strands,
        { column: 'title', content: name, isMain: true },
        { column: 'who', content: <Responsible node={node} around={around} /> },
        { column: 'deputy', content: <Deputy node={node} around={around} /> },
        {
          column: 'status',
          content: (
            <StatusSign
              of="action"
              status={valueOf(node.record, 'action', 'status')?.status ?? 'proposed'}
            />
          ),
        },
        { column: 'next', content: day(valueOf(node.record, 'action', 'schedule')?.end, around) },
      ];
  }
};
