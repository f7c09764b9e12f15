import { describe, expect, it } from 'vitest';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { goal, idOf, settled, viewOf } from '../../../../tests/window/records.ts';
import { stepOfRemoval, stepOfWriting, undoingOf, type UndoStep } from './steps.ts';

const caseId = idOf(1_000);
const own = idOf(901);
const written = idOf(77);

const said = { title: 'Käy saunassa', description: '', voice: 'client' };
const edit = (recordId: string, part: Partial<Edit> = {}): Edit => ({
  recordId,
  kind: 'goal',
  compartment: 'joint/plan',
  group: 'statement',
  value: { ...said, title: 'Käy uimassa' },
  basedOn: [idOf(1)],
  ...part,
});

const changeOf = ({ recordId, group }: Edit) => ({ changeId: written, recordId, group });
const stepOf = (view: ClientView, ...edits: Edit[]): UndoStep | null =>
  stepOfWriting(view, { caseId, edits }, { changes: edits.map(changeOf), savedAt: 1 });

/** The record with its statement as one head of that author and change. */
const nowSaying = (record: RecordView, changeId: string, authorId: string): RecordView => {
  const statement = settled(1, said);
  const [head] = statement.heads;
  if (head === undefined) throw new Error('A settled group has a head');
  return {
    ...record,
    groups: { statement: { ...statement, heads: [{ ...head, changeId, authorId }] } },
  };
};

describe('taking back what one wrote last', () => {
  const record = goal(20, said.title, 10, 'a');
  const view = viewOf(record);

  it('is a new version that says what stood there before', () => {
    const step = stepOf(view, edit(record.id));
    expect(step).toMatchObject({ made: [], removed: null });
    const after = viewOf(nowSaying(record, written, own));
    expect(step && undoingOf(step, after, own)).toMatchObject({
      is: 'possible',
      edits: [{ recordId: record.id, value: { ...said }, basedOn: [written] }],
      remove: [],
      restore: null,
    });
  });

  it('takes nothing back where somebody has written since', () => {
    const step = stepOf(view, edit(record.id));
    const after = viewOf(nowSaying(record, idOf(78), idOf(902)));
    expect(step && undoingOf(step, after, own)).toEqual({ is: 'changed-since' });
  });

  it('removes a record that was made, unless somebody else has written to it', () => {
    const made = goal(21, 'Väärä', 10, 'b');
    const step = stepOf(view, edit(made.id, { basedOn: [] }));
    expect(step?.made).toEqual([made.id]);
    const ownOnly = viewOf(record, nowSaying(made, written, own));
    expect(step && undoingOf(step, ownOnly, own)).toMatchObject({ remove: [made.id] });
    const others = viewOf(record, nowSaying(made, idOf(80), idOf(902)));
    expect(step && undoingOf(step, others, own)).toEqual({ is: 'changed-since' });
  });

  it('gives a removed record back, while it is still removed', () => {
    const step = stepOfRemoval({ caseId, recordId: record.id, reason: 'Väärä' });
    const gone: RecordView = { ...record, existence: { state: 'removed', reason: 'Väärä' } };
    expect(undoingOf(step, viewOf(gone), own)).toMatchObject({ restore: record.id });
    expect(undoingOf(step, view, own)).toEqual({ is: 'changed-since' });
  });

  it('does not offer what is written once for all, nor what settled two versions', () => {
    expect(stepOf(view, edit(idOf(30), { kind: 'note', group: 'entry' }))).toBeNull();
    const statement = settled(1, said);
    const disputed: RecordView = {
      ...record,
      groups: {
        statement: {
          state: 'conflict',
          heads: [...statement.heads, ...statement.heads],
          ancestor: null,
          newer: false,
        },
      },
    };
    expect(stepOf(viewOf(disputed), edit(record.id))).toBeNull();
  });
});
