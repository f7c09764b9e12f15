const code = String.raw`[A-Z]\d{2}(?:\.[0-9A-Z]{1,4})?`;
const shape = new RegExp(`^${code}(?:[*+#&†]${code}\\*?)?$`, 'u');

/** A code in the one form in which it is kept: no spaces, capital letters. */
export const tidyDiagnosisCode = (text: string): string =>
  text.replaceAll(/\s+/gu, '').toUpperCase();

/**
 * Whether a text has the shape of an ICD-10 code as used in Finland (THL tautiluokitus): a letter and two
 * digits, a part after the point, and for a pair of codes the other one. Which codes exist is not asked.
 */
export const isDiagnosisCode = (text: string): boolean => shape.test(text);
