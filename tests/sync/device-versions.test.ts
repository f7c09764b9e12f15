import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { removeRecord, restoreRecord } from '#main/core/editing/remove-record.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { nextToSend } from '#main/db/queries/outbox.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
let seq = 1_000;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const newer = currentSchema + 1;

const viewOf = (caseId: Id): ClientView => {
  const opened = openClient(bare.desk, caseId, 'list');
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
};
const recordIn = (caseId: Id, recordId: Id): RecordView => {
  const found = viewOf(caseId).records.find(({ id }) => id === recordId);
  if (!found) throw new Error('No such record');
  return found;
};

/** Changes of a newer program arrive as a page brings them. */
const arrive = (...changes: readonly Change[]): void =>
  bare.take({ changes: changes.map((change) => ({ seq: (seq += 1), change })) });

const edit = (need: Change, group: string, value: object, basedOn: readonly Id[]) => ({
  recordId: need.recordId,
  kind: need.kind,
  compartment: jointPlan,
  group,
  value: value as Change['value'],
  basedOn: [...basedOn],
});
const write = (need: Change, group: string, value: object, basedOn: readonly Id[]) =>
  writeEdits(bare.desk, need.caseId, [edit(need, group, value, basedOn)]);
const draft = (need: Change, group: string, value: object, basedOn: readonly Id[]) =>
  keepDraft(bare.desk, { caseId: need.caseId, ...edit(need, group, value, basedOn) });

/** What waits to be sent of the record's group, the latest last. */
const written = (need: Change, group: string): readonly Change[] =>
  nextToSend(bare.desk.db, { changes: 10_000, bytes: 1e9 }, 0)
    .map(({ change }) => change)
    .filter((change) => change.recordId === need.recordId && change.group === group);

const codeOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }) =>
  result.ok ? 'ok' : result.error?.code;

describe('a device among other versions of the program', () => {
  it('V1 sends each change with the number of its own group', () => {
    const { need } = bare.client();
    write(need, 'assessment', { text: 'Kävelee kepin kanssa.' }, [need.id]);
    expect(written(need, 'assessment').map(({ schema }) => schema)).toEqual([1]);
  });

  it('V2 V4 shows a group of a newer shape and writes the others', () => {
    const { caseId, need } = bare.client();
    const raised = bare.other({
      ...need,
      id: anId(),
      parents: [need.id],
      schema: newer,
      value: { text: 'Kävely on varmaa.', scale: 'berg' },
    });
    arrive(raised);
    expect(recordIn(caseId, need.recordId).groups['assessment']).toMatchObject({
      state: 'settled',
      newer: true,
      value: { text: 'Kävely on varmaa.' },
    });
    expect(codeOf(write(need, 'assessment', { text: 'Toisin.' }, [raised.id]))).toBe(
      'newer-program',
    );
    expect(codeOf(draft(need, 'assessment', { text: 'Toisin.' }, [raised.id]))).toBe(
      'newer-program',
    );
    expect(codeOf(write(need, 'client-words', { text: 'Pääsen pihalle.' }, []))).toBe('ok');
    expect(recordIn(caseId, need.recordId).groups['client-words']?.newer).toBe(false);
  });

  it('V2 shows groups and kinds that it does not know, under a lock', () => {
    const { caseId, need } = bare.client();
    const group = bare.other({ ...need, id: anId(), group: 'measure', value: { score: 4 } });
    const kind = bare.other({ caseId, kind: 'measure', group: 'entry', value: { score: 4 } });
    arrive(group, kind);
    expect(recordIn(caseId, need.recordId).groups['measure']?.newer).toBe(true);
    expect(recordIn(caseId, kind.recordId)).toMatchObject({
      kind: 'measure',
      newer: true,
      groups: { entry: { newer: true } },
    });
    expect(codeOf(write(need, 'measure', { score: 5 }, [group.id]))).toBe('newer-program');
    expect(codeOf(write(kind, 'entry', { score: 5 }, [kind.id]))).toBe('newer-program');
    expect(codeOf(draft(kind, 'entry', { score: 5 }, [kind.id]))).toBe('newer-program');
  });

  it('V2 offers no settling where the versions differ in what it cannot show', () => {
    const { caseId, need } = bare.client();
    const [one, other] = ['a', 'b'].map((grounds) =>
      bare.other({
        ...need,
        id: anId(),
        parents: [need.id],
        value: { text: `Versio ${grounds}.`, grounds },
      }),
    ) as [Change, Change];
    arrive(one, other);
    expect(recordIn(caseId, need.recordId).groups['assessment']).toMatchObject({
      state: 'conflict',
      newer: true,
    });
    expect(codeOf(write(need, 'assessment', { text: 'Sovittu.' }, [one.id, other.id]))).toBe(
      'newer-program',
    );
  });

  it('V3 keeps further fields as they came through edit, settling and a draft', () => {
    const { caseId, need } = bare.client();
    // Not in the composed form of Unicode: what is kept untouched is not tidied either.
    const grounds = 'toimintakyvyn arvio, a\u0308a\u0308neen';
    const further = { grounds, levels: [1, { deep: null }] };
    const first = bare.other({
      ...need,
      id: anId(),
      parents: [need.id],
      value: { text: 'Kävely on varmaa.', ...further },
    });
    arrive(first);
    write(need, 'assessment', { text: 'Kävely on varmaa sisällä.' }, [first.id]);
    const [mine] = written(need, 'assessment');
    expect(mine?.value).toEqual({ text: 'Kävely on varmaa sisällä.', ...further });
    // What the form spreads into its value is not tidied either.
    const spread = { ...mine?.value, text: 'Kävely on epävarmaa ulkona.' };
    write(need, 'assessment', spread, [mine?.id ?? '']);
    const edited = written(need, 'assessment').at(-1);
    expect(edited?.value).toEqual({ text: 'Kävely on epävarmaa ulkona.', ...further });

    const apart = bare.other({
      ...need,
      id: anId(),
      parents: [first.id],
      value: { text: 'Aivan toisin.' },
    });
    arrive(apart);
    const heads = [edited?.id ?? '', apart.id];
    expect(recordIn(caseId, need.recordId).groups['assessment']?.state).toBe('conflict');
    expect(codeOf(write(need, 'assessment', { text: 'Sovittu.' }, heads))).toBe('ok');
    expect(written(need, 'assessment').at(-1)?.value).toEqual({ text: 'Sovittu.', ...further });
  });

  it('V3 an edit that changes nothing known writes nothing', () => {
    const { need } = bare.client();
    const first = bare.other({
      ...need,
      id: anId(),
      parents: [need.id],
      value: { text: 'Kävely on varmaa.', grounds: 'arvio' },
    });
    arrive(first);
    expect(codeOf(write(need, 'assessment', { text: 'Kävely on varmaa.' }, [first.id]))).toBe('ok');
    expect(written(need, 'assessment')).toEqual([]);
  });

  it('V5 keeps words begun before the newer version came', () => {
    const { caseId, need } = bare.client();
    expect(codeOf(draft(need, 'assessment', { text: 'Kesken' }, [need.id]))).toBe('ok');
    const raised = bare.other({ ...need, id: anId(), parents: [need.id], schema: newer });
    arrive(raised);
    expect(codeOf(draft(need, 'assessment', { text: 'Kesken jäi' }, [need.id]))).toBe('ok');
    expect(codeOf(write(need, 'assessment', { text: 'Kesken jäi' }, [need.id]))).toBe(
      'newer-program',
    );
    expect(recordIn(caseId, need.recordId).drafts['assessment']?.value).toEqual({
      text: 'Kesken jäi',
    });
  });

  it('V5 sends them with the further fields when the client leaves', () => {
    const { caseId, need } = bare.client();
    const first = bare.other({
      ...need,
      id: anId(),
      parents: [need.id],
      value: { text: 'Kävely on varmaa.', grounds: 'arvio' },
    });
    arrive(first);
    draft(need, 'assessment', { text: 'Kesken' }, [first.id]);
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    expect(written(need, 'assessment').map(({ value }) => value)).toEqual([
      { text: 'Kesken', grounds: 'arvio' },
    ]);
  });

  it('V6 removes a record with the heads of groups that it does not know', () => {
    const { caseId, need } = bare.client();
    const measure = bare.other({ ...need, id: anId(), group: 'measure', value: { score: 4 } });
    arrive(measure);
    expect(codeOf(removeRecord(bare.desk, caseId, need.recordId, 'Aiheeton.'))).toBe('ok');
    expect(written(need, 'existence').at(-1)?.value['covers']).toEqual(
      [need.id, measure.id].toSorted(),
    );
    expect(recordIn(caseId, need.recordId).existence.state).toBe('removed');
    expect(codeOf(restoreRecord(bare.desk, caseId, need.recordId))).toBe('ok');
  });

  it('V6 removes nothing of a kind, and takes back no removal, that only a newer program knows', () => {
    const { caseId, need } = bare.client();
    const kind = bare.other({ caseId, kind: 'measure', group: 'entry', value: { score: 4 } });
    const removal = bare.other({
      ...need,
      id: anId(),
      group: 'existence',
      schema: newer,
      value: { state: 'removed', reason: 'Uudella tavalla.', covers: [need.id] },
    });
    arrive(kind, removal);
    expect(codeOf(removeRecord(bare.desk, caseId, kind.recordId, 'Aiheeton.'))).toBe(
      'newer-program',
    );
    expect(recordIn(caseId, need.recordId).newer).toBe(true);
    expect(codeOf(restoreRecord(bare.desk, caseId, need.recordId))).toBe('newer-program');
  });
});

describe('a client of a newer program', () => {
  it('V2 enters with kinds unknown here and is shown', () => {
    const caseId = anId();
    const unknown = bare.other({ caseId, kind: 'measure', group: 'entry', value: { score: 1 } });
    bare.take({
      changes: [{ seq: (seq += 1), change: unknown }],
      entered: [{ caseId, compartment: jointPlan }],
      grants: [grantOf(caseId)],
    });
    expect(viewOf(caseId).records.map(({ kind }) => kind)).toEqual(['measure']);
  });
});
