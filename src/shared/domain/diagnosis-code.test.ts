import { describe, expect, test } from 'vitest';
import { isDiagnosisCode, tidyDiagnosisCode } from './diagnosis-code.ts';

describe('codes of diagnoses', () => {
  test.each(['I10', 'E11.9', 'S72.00', 'F00.1', 'G30.1*F00.1', 'E10.2+N08.3', 'E10.2†N08.3*'])(
    '%s has the shape of a code',
    (code) => expect(isDiagnosisCode(code)).toBe(true),
  );

  test.each(['', '10', 'I1', 'i10', 'I10 ', 'I10.', 'I10.12345', 'verenpaine', '<script>', 'I10*'])(
    '%j has not',
    (text) => expect(isDiagnosisCode(text)).toBe(false),
  );

  test('what is typed in small letters or with spaces is the same code', () => {
    expect(tidyDiagnosisCode(' i10 ')).toBe('I10');
    expect(tidyDiagnosisCode('g30.1 * f00.1')).toBe('G30.1*F00.1');
    expect(tidyDiagnosisCode('')).toBe('');
  });
});
