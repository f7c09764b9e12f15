import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallArguments, CallOutput } from '#shared/contract/calls.ts';
import type { Change } from '#shared/domain/change.ts';
import { addDays, finnishDate, finnishDayEnd, finnishDayStart } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { policyOf } from '#shared/domain/records/kinds.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { emptyReplica, groupStates, receive } from '#shared/sync/replica.ts';
import { stored } from '../region/rights-world.ts';
import { foundClient, membership } from '../region/wire-device.ts';
import { eventually, syncedStatus } from './desks.ts';
import { heading, opened, startPair, write, type Pair } from './pair.ts';
import type { LinedDesk } from './region-world.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.world.end());

type Timeline = CallOutput<'history.client'>;
const everything = {
  personId: null,
  profession: null,
  kind: null,
  from: null,
  to: null,
  query: '',
};

const timeline = (
  lined: LinedDesk,
  caseId: Id,
  asked: Partial<CallArguments<'history.client'>> = {},
): Promise<Timeline> =>
  lined
    .desk()
    .get('history.client', { caseId, filter: everything, before: null, limit: 200, ...asked });

/** Waits until a client's history lies on the desk's own computer. */
const keptHistory = (lined: LinedDesk, caseId: Id, least: number): Promise<Timeline> =>
  eventually('the history on this computer', async () => {
    const found = await lined.desk().call('history.client', {
      caseId,
      filter: everything,
      before: null,
      limit: 200,
    });
    if (!found.ok || found.value.source !== 'here') return null;
    const placed = found.value.versions.filter(({ receivedMs }) => receivedMs !== null);
    return placed.length >= least && found.value;
  });

const today = finnishDate(Date.now());

/** A client with some days behind it; both desks are let in today. */
const clientWithPast = async () => {
  const { founder, world } = pair;
  const { caseId, need } = await foundClient(founder);
  const days: { readonly change: Change; readonly date: string }[] = [];
  const { recordId } = need;
  const say = async (content: Partial<Change>, daysAgo: number): Promise<Change> => {
    const change = founder.change({ caseId, recordId, ...content });
    await stored(founder, change);
    days.push({ change, date: addDays(today, -daysAgo) });
    return change;
  };
  days.push({ change: need, date: addDays(today, -30) });
  const title = await say({ group: 'heading', value: heading('Liikkuminen kotona') }, 30);
  const better = await say({ value: { text: 'Kulkee tuetta.' }, parents: [need.id] }, 20);
  const other = await say(
    { group: 'heading', value: heading('Liikkuminen'), parents: [title.id] },
    10,
  );
  // Two wrote apart, and ten days later somebody settled it.
  const apart = await say({ value: { text: 'Kulkee rollaattorilla.' }, parents: [need.id] }, 10);
  const removal = await say(
    {
      group: 'existence',
      value: { state: 'removed', reason: 'Ei enää.', covers: [other.id, apart.id, better.id] },
    },
    5,
  );
  await say({ group: 'existence', value: { state: 'standing' }, parents: [removal.id] }, 3);
  const settled = { value: { text: 'Kulkee itse.' }, parents: [better.id, apart.id] };
  await say(settled, 2);
  for (const { change, date } of days) {
    await world.database.owner.query(
      'UPDATE change_log SET received_at = $2 WHERE case_id = $3 AND change_id = $1',
      [change.id, new Date(finnishDayStart(date) + 12 * 3_600_000), caseId],
    );
  }
  return { caseId, recordId, versions: days.map(({ change }) => change) };
};

const letBothIn = async (caseId: Id): Promise<void> => {
  for (const { person } of pair.both) await pair.world.letIn(pair.founder, caseId, person);
  for (const lined of pair.both) await opened(lined, caseId);
};

type LogRow = Change & { readonly receivedAt: Date };

/** What the region's own log says stood before a moment, group by group. */
const regionKnew = async (caseId: Id, endMs: number) => {
  const rows = await pair.world.database.db.query<LogRow>(
    `SELECT change_id AS id, record_id AS "recordId", kind, grp AS "group", value, parents,
            hybrid_time AS time, received_at AS "receivedAt"
     FROM change_log WHERE case_id = $1 ORDER BY seq`,
    [caseId],
  );
  const known = rows.filter(({ receivedAt }) => receivedAt.getTime() < endMs);
  const states = groupStates(receive(emptyReplica<LogRow>(), ...known), ({ kind, group }) =>
    policyOf(kind, group),
  );
  return new Map(
    [...states].flatMap(([key, state]) =>
      key.endsWith('/existence') || state.state === 'empty'
        ? []
        : [[key, { state: state.state, heads: state.heads.map(({ id }) => id).toSorted() }]],
    ),
  );
};

const shownOf = ({ view }: CallOutput<'history.asOf'>) =>
  new Map(
    view.records.flatMap((record) =>
      Object.entries(record.groups).map(([group, state]) => [
        `${record.id}/${group}`,
        { state: state.state, heads: state.heads.map(({ changeId }) => changeId).toSorted() },
      ]),
    ),
  );

describe('history at two desks', () => {
  it('Y1 Y4 one’s own clients’ history comes to lie here, and says the same without a network', async () => {
    const { caseId, recordId, versions } = await clientWithPast();
    await letBothIn(caseId);
    const online = await keptHistory(pair.one, caseId, versions.length);
    const ids = online.versions.map(({ changeId }) => changeId);
    expect(ids).toEqual(expect.arrayContaining(versions.map(({ id }) => id)));
    const seqs = online.versions.flatMap(({ seq }) => seq ?? []);
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    pair.one.line.setOnline(false);
    const offline = await timeline(pair.one, caseId);
    expect(offline).toEqual(online);
    const assessment = { caseId, recordId, group: 'assessment' };
    const here = await pair.one.desk().get('history.group', assessment);
    expect(here.source).toBe('here');
    const ofRegion = await pair.founder.ask('history.group', assessment);
    const told = ofRegion.body as { readonly versions: readonly { changeId: Id }[] };
    expect(here.versions.map(({ changeId }) => changeId)).toEqual(
      told.versions.map(({ changeId }) => changeId),
    );
    const [newest] = here.versions;
    expect(newest?.replaced.map(({ value }) => value['text']).toSorted()).toEqual([
      'Kulkee rollaattorilla.',
      'Kulkee tuetta.',
    ]);
    pair.one.line.setOnline(true);
  });

  it('Y6 R3 the plan of a day is what the region’s log said then, with its conflicts and removals', async () => {
    const { caseId, recordId } = await clientWithPast();
    await letBothIn(caseId);
    await keptHistory(pair.one, caseId, 8);
    pair.one.line.setOnline(false);
    for (const daysAgo of [40, 30, 25, 20, 10, 8, 5, 4, 3, 2, 1, 0]) {
      const date = addDays(today, -daysAgo);
      const then = await pair.one.desk().get('history.asOf', { caseId, date });
      expect(then.source).toBe('here');
      expect(shownOf(then), `${daysAgo} days ago`).toEqual(
        await regionKnew(caseId, finnishDayEnd(date)),
      );
      const need = then.view.records.find(({ id }) => id === recordId);
      expect(need?.existence.state ?? 'none').toBe(
        daysAgo > 30 ? 'none' : daysAgo <= 5 && daysAgo > 3 ? 'removed' : 'standing',
      );
      expect(need?.groups['assessment']?.state === 'conflict').toBe(daysAgo <= 10 && daysAgo > 2);
    }
    pair.one.line.setOnline(true);
  });

  it('Y6 what was written long before it came appears when the region knew it; unsent writing never does', async () => {
    const { caseId, recordId } = await clientWithPast();
    await letBothIn(caseId);
    const late = pair.founder.change({
      caseId,
      recordId,
      group: 'client-words',
      value: { text: 'Haluan kävellä.' },
      time: writeHybridTime(Date.now() - 15 * 24 * 3_600_000, 0),
    });
    await stored(pair.founder, late);
    const shown = await eventually('the late version', async () => {
      await pair.one.desk().get('sync.now', {});
      const { versions, source } = await timeline(pair.one, caseId);
      const found = versions.find(({ changeId }) => changeId === late.id);
      return source === 'here' && (found?.receivedMs ?? null) !== null && found;
    });
    expect(shown.receivedMs ?? 0).toBeGreaterThan(shown.timeMs + 14 * 24 * 3_600_000);
    const wordsOn = async (date: string) => {
      const { view } = await pair.one.desk().get('history.asOf', { caseId, date });
      return view.records.find(({ id }) => id === recordId)?.groups['client-words']?.state;
    };
    expect(await wordsOn(addDays(today, -1))).toBeUndefined();
    expect(await wordsOn(today)).toBe('settled');
    pair.one.line.setOnline(false);
    const waiting = await write(pair.one, caseId, recordId, 'heading', heading('Vain tässä'));
    const { versions } = await timeline(pair.one, caseId);
    expect(versions[0]).toMatchObject({ changeId: waiting, seq: null, receivedMs: null });
    const now = await pair.one.desk().get('history.asOf', { caseId, date: today });
    expect(JSON.stringify(now.view)).not.toContain('Vain tässä');
    pair.one.line.setOnline(true);
    await syncedStatus(pair.one.desk());
  });

  it('Y4 own writing that was replaced before it came back is in the history', async () => {
    const { caseId, recordId } = await pair.sharedClient();
    await keptHistory(pair.one, caseId, 4);
    await keptHistory(pair.two, caseId, 4);
    pair.one.line.setOnline(false);
    const texts = ['Yksi', 'Kaksi', 'Kolme'];
    const made: Id[] = [];
    for (const text of texts) {
      made.push(await write(pair.one, caseId, recordId, 'heading', heading(text)));
    }
    pair.one.line.setOnline(true);
    for (const lined of pair.both) {
      const all = await eventually('all that was written', async () => {
        await lined.desk().get('sync.now', {});
        const { versions, source } = await timeline(lined, caseId);
        const placed = versions.filter(({ receivedMs }) => receivedMs !== null);
        const ids = new Set(placed.map(({ changeId }) => changeId));
        return source === 'here' && made.every((id) => ids.has(id)) && versions;
      });
      const newest = all.find(({ changeId }) => changeId === made[2]);
      expect(newest?.replaced).toMatchObject([{ changeId: made[1], value: heading('Kaksi') }]);
    }
  });

  it('Y1 the timeline is cut in pages, and found in by person, kind, day and word', async () => {
    const { caseId, versions: written } = await clientWithPast();
    await letBothIn(caseId);
    const whole = (await keptHistory(pair.one, caseId, written.length)).versions;
    const paged: string[] = [];
    for (let before: number | null = null, first = true; first || before !== null; first = false) {
      const page: Timeline = await timeline(pair.one, caseId, { before, limit: 3 });
      expect(page.choices === null).toBe(!first);
      paged.push(...page.versions.map(({ changeId }) => changeId));
      before = page.next;
    }
    expect(paged).toEqual(whole.map(({ changeId }) => changeId));
    const only = async (filter: Partial<typeof everything> | object) =>
      (await timeline(pair.one, caseId, { filter: { ...everything, ...filter } })).versions;
    expect((await only({ query: 'rollaattori KULKEE' })).map(({ value }) => value)).toEqual([
      { text: 'Kulkee rollaattorilla.' },
    ]);
    const kinds = new Set((await only({ kind: 'membership' })).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['membership']));
    const day = addDays(today, -10);
    expect(await only({ from: day, to: day })).toHaveLength(2);
    expect(await only({ personId: pair.one.person.personId })).toEqual([]);
    const { choices } = await timeline(pair.one, caseId);
    expect(choices?.kinds).toEqual(['membership', 'need']);
  });

  it('Y2 Y5 each look is logged before its answer, and somebody whose right has ended gets nothing', async () => {
    const { caseId } = await clientWithPast();
    const given = new Map<LinedDesk, Id>();
    for (const lined of pair.both) {
      given.set(lined, await pair.world.letIn(pair.founder, caseId, lined.person));
      await opened(lined, caseId);
    }
    const { two } = pair;
    await keptHistory(two, caseId, 8);
    two.line.setOnline(false);
    await two.desk().get('history.asOf', { caseId, date: today });
    two.line.setOnline(true);
    await eventually('the looks at the region', async () => {
      await two.desk().get('sync.now', {});
      const rows = await pair.world.database.db.query<{ screen: string }>(
        `SELECT body::jsonb -> 'what' ->> 'screen' AS screen
         FROM use_entry WHERE person_id = $1 AND action = 'history' AND case_id = $2`,
        [two.person.personId, caseId],
      );
      const screens = rows.map(({ screen }) => screen);
      return screens.includes('history') && screens.includes('as-of');
    });
    const ended = membership(pair.founder, caseId, { personId: two.person.personId });
    await stored(pair.founder, {
      ...ended,
      recordId: given.get(two) ?? '',
      group: 'existence',
      value: { state: 'removed', reason: 'Siirtyi.', covers: [] },
    });
    const answer = await eventually('the end of the right', async () => {
      await two.desk().get('sync.now', {});
      const found = await two.desk().call('history.client', {
        caseId,
        filter: everything,
        before: null,
        limit: 10,
      });
      return !found.ok && found;
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-on-this-device' } });
  });
});
