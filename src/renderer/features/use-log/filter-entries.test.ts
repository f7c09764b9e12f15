import { describe, expect, it } from 'vitest';
import type { LogEntry } from './entry-words.ts';
import { arrivalOf } from './entry-words.ts';
import { choicesOf, filtered, joinedPages, noFilter } from './filter-entries.ts';

const now = Date.UTC(2026, 10, 2, 8);

const entry = (content: Partial<LogEntry>): LogEntry => ({
  id: 'a',
  atMs: now,
  receivedMs: now,
  action: 'view',
  personId: 'p',
  personName: 'Aino',
  unitName: 'Kotihoito',
  profession: 'nurse',
  taskClass: 'limited-health',
  unitId: null,
  role: 'custodian',
  caseId: null,
  register: 'joint',
  compartments: [],
  what: {},
  ground: 'relation',
  basisId: null,
  deviceId: null,
  offline: false,
  ...content,
});

describe('the log on the screen', () => {
  it('is picked by person, action and register together', () => {
    const rows = [
      entry({ id: '1' }),
      entry({ id: '2', action: 'print' }),
      entry({ id: '3', register: 'social', personId: 'q' }),
    ];
    expect(filtered(rows, noFilter)).toHaveLength(3);
    expect(filtered(rows, { ...noFilter, action: 'print' }).map(({ id }) => id)).toEqual(['2']);
    expect(filtered(rows, { personId: 'q', action: 'print', register: null })).toEqual([]);
  });

  it('names each choice once, in the Finnish order', () => {
    const rows = ['Örn', 'Aino', 'Ville', 'Aino'].map((personName) =>
      entry({ personName, personId: personName }),
    );
    const choices = choicesOf(
      rows,
      ({ personId }) => personId,
      ({ personName }) => personName,
    );
    expect(choices.map(({ label }) => label)).toEqual(['Aino', 'Ville', 'Örn']);
  });

  it('keeps once what two pages both brought', () => {
    const first = [entry({ id: '3' }), entry({ id: '2' })];
    expect(
      joinedPages(first, [entry({ id: '2' }), entry({ id: '1' })]).map(({ id }) => id),
    ).toEqual(['3', '2', '1']);
  });

  it('says when the clock was wrong and when it was told late', () => {
    expect(arrivalOf(entry({}))).toBeNull();
    expect(arrivalOf(entry({ atMs: 0 }))).toBe('wrong-clock');
    expect(arrivalOf(entry({ atMs: Date.UTC(2099, 0) }))).toBe('wrong-clock');
    expect(arrivalOf(entry({ receivedMs: now + 30 * 3_600_000 }))).toBe('late');
  });
});
