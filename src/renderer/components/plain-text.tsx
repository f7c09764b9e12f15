import { Fragment } from 'react';

export type PlainPart =
  | { readonly kind: 'text'; readonly text: string }
  /** A character that would steer or hide instead of being read. `code` is its `U+XXXX`. */
  | { readonly kind: 'control'; readonly symbol: string; readonly code: string };

/**
 * Control characters but tab and line feed (a carriage return before a line feed is dropped),
 * characters that turn the direction of writing, invisible ones that could hide a difference
 * (joiners stay: emoji and some languages need them), tags, and halves of surrogate pairs.
 */
const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

const isDirection = (code: number): boolean =>
  code === 0x061c ||
  code === 0x200e ||
  code === 0x200f ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069);

const symbolOf = (code: number): string => {
  // Unicode draws the first 32 control characters and DELETE itself.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (isDirection(code)) return '\u21c4';
  return '\ufffd';
};

/** The text in order, with what must not act on the screen taken out and named. */
export const plainParts = (text: string): readonly PlainPart[] => {
  const parts: PlainPart[] = [];
  let from = 0;
  const source = text.replaceAll('\r\n', '\n');
  for (const match of source.matchAll(unsafe)) {
    if (match.index > from) parts.push({ kind: 'text', text: source.slice(from, match.index) });
    const code = match[0].codePointAt(0) ?? 0xfffd;
    parts.push({
      kind: 'control',
      symbol: symbolOf(code),
      code: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    });
    from = match.index + match[0].length;
  }
  if (from < source.length) parts.push({ kind: 'text', text: source.slice(from) });
  return parts;
};

/** The same as one string, for accessible names and tooltips. */
export const plainString = (text: string): string =>
  plainParts(text)
    .map((part) => (part.kind === 'text' ? part.text : part.symbol))
    .join('');

export type PlainTextProps = {
  readonly text: string;
  /** Keep line breaks and runs of spaces. */
  readonly multiline?: boolean;
};

/**
 * What people wrote, as text and nothing else. Isolated, so that its direction of writing stays its
 * own, and with steering characters drawn as symbols instead of obeyed.
 */
export const PlainText = ({ text, multiline = false }: PlainTextProps) => (
  <bdi className={multiline ? 'plain-text plain-text-lines' : 'plain-text'}>
    {plainParts(text).map((part, index) =>
      part.kind === 'text' ? (
        <Fragment key={index}>{part.text}</Fragment>
      ) : (
        <span key={index} className="control-character" title={part.code}>
          {part.symbol}
        </span>
      ),
    )}
  </bdi>
);
