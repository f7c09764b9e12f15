/**
 * Our own sentence rule, part of the protocol: hosts' word breakers differ between versions, and a
 * merge must come out alike everywhere. A sentence ends after `.`, `!`, `?` or `…` (with closing quotes
 * or brackets) before white space, or at a line break; the white space belongs to what follows, so that
 * adding a sentence at the end leaves the one before it as it was. The text is cut, never changed: the
 * pieces joined give it back. A full stop before a lower-case letter or a digit ends nothing, which
 * keeps "esim. kävely", "klo 9.30" and "12. joulukuuta" whole.
 */
export const sentenceRuleVersion = 1;

const boundary = /(?<=[.!?…]["'”’»)\]]*)(?=[ \t\u00a0]+[^\s\p{Ll}\p{Nd}])|(?<!\n)(?=\n)/gu;

export const sentencesOf = (text: string): readonly string[] =>
  text === '' ? [] : text.split(boundary);
