import type { Random } from './random.ts';

/** The words a client's texts are filled with. */
export type Slots = Readonly<Record<string, string>>;

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'slot'; readonly name: string };

const compiled = new Map<string, readonly Part[]>();

/**
 * Fills a text of the plan material: `[one|other]` becomes one of the alternatives, `{relative:gen}` the
 * client's own word. A slot that is not known stays readable as its name, and a test looks for that.
 */
export const fill = (template: string, slots: Slots, random: Random): string => {
  let parts = compiled.get(template);
  if (!parts) {
    parts = compile(template);
    compiled.set(template, parts);
  }
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'choice') text += random.pick(part.options);
    else text += slots[part.name] ?? `{${part.name}}`;
  }
  return text;
};

const compile = (template: string): readonly Part[] => {
  const parts: Part[] = [];
  for (const piece of template.split(/(\[[^[\]]*\|[^[\]]*\]|\{[a-z:]+\})/u)) {
    if (piece.startsWith('[') && piece.includes('|')) {
      parts.push({ kind: 'choice', options: piece.slice(1, -1).split('|') });
    } else if (/^\{[a-z:]+\}$/u.test(piece)) {
      parts.push({ kind: 'slot', name: piece.slice(1, -1) });
    } else if (piece !== '') {
      parts.push({ kind: 'text', text: piece });
    }
  }
  return parts;
};
