import { describe, expect, it } from 'vitest';
import { record, viewOf } from '../../../../tests/window/records.ts';
import { beforeBirth, birthDateIn } from './before-birth.ts';

const client = (identity: Readonly<Record<string, string | null>>) =>
  viewOf(
    record(1_000, 'client', {
      identity: {
        familyName: 'Kivimetsä',
        givenNames: 'Aune',
        preferredName: '',
        personalIdentityCode: null,
        temporaryId: null,
        birthDate: null,
        ...identity,
      },
    }),
  );

describe('the client’s birth', () => {
  it('is told by the code, else by what was written, else by nobody', () => {
    expect(birthDateIn(client({ personalIdentityCode: '140347-926E' }))).toBe('1947-03-14');
    expect(birthDateIn(client({ birthDate: '1950-01-02' }))).toBe('1950-01-02');
    expect(birthDateIn(client({}))).toBeNull();
    expect(birthDateIn(viewOf())).toBeNull();
  });

  it('comes before every day of the plan', () => {
    const problem = { date: 'before-birth' };
    expect(beforeBirth('goal', { date: '1947-03-13' }, '1947-03-14')).toEqual(problem);
    expect(beforeBirth('rating', { date: '1026-11-26' }, '1947-03-14')).toEqual({});
    expect(beforeBirth('goal', { date: '1947-03-14' }, '1947-03-14')).toEqual({});
    expect(beforeBirth('goal', { date: null, title: '1900' }, '1947-03-14')).toEqual({});
    expect(beforeBirth('goal', { date: '1900-01-01' }, null)).toEqual({});
    expect(beforeBirth('action', { start: '1900-01-01', end: '2026-01-01' }, '1947-03-14')).toEqual(
      { start: 'before-birth' },
    );
  });

  it('says nothing of a relative or of the client’s own identity', () => {
    expect(beforeBirth('client', { birthDate: '1900-01-01' }, '1947-03-14')).toEqual({});
    expect(beforeBirth('representative', { since: '1900-01-01' }, '1947-03-14')).toEqual({});
  });
});
