import { describe, expect, test } from 'vitest';
import { checkCharacterFor } from '#shared/domain/personal-identity-code.ts';
import { pagesFor } from './client-pages.ts';
import { createInput, emptyClient, newClientProblems, validCode } from './new-client-form.ts';

test('the pages that rows in sight need', () => {
  expect(pagesFor(0, 40)).toEqual([0]);
  expect(pagesFor(90, 130)).toEqual([0, 1]);
  expect(pagesFor(9_999, 10_001)).toEqual([99, 100]);
});

describe('a new client', () => {
  const named = { ...emptyClient(null), familyName: 'Kivimetsä', givenNames: 'Aune  Maria ' };

  test.each([
    ['', 'required'],
    ['140347', 'personal-identity-code-format'],
    ['140347-926F', 'personal-identity-code-check-character'],
    [`320147-926${checkCharacterFor('320147', '926')}`, 'personal-identity-code-date'],
  ])('the code %s', (code, problem) => {
    expect(newClientProblems({ ...named, code }).code).toBe(problem);
  });

  test('spaces, small letters and long dashes are how people type a right code', () => {
    const client = { ...named, code: ' 140347–926e ' };
    expect(newClientProblems(client)).toEqual({});
    expect(validCode(client)).toBe('140347-926E');
    expect(createInput(client).identity).toMatchObject({
      givenNames: 'Aune Maria',
      personalIdentityCode: '140347-926E',
      temporaryId: null,
      birthDate: null,
    });
  });

  test('only the chosen way of identifying goes along', () => {
    const client = {
      ...named,
      code: '140347-926E',
      identityKind: 'birth-date' as const,
      birthDate: '1947-03-14',
    };
    expect(createInput(client).identity).toMatchObject({
      personalIdentityCode: null,
      birthDate: '1947-03-14',
    });
    expect(newClientProblems({ ...client, birthDate: null })).toEqual({ birthDate: 'required' });
  });
});
