import { z } from 'zod';

/** Longest texts, in UTF-16 code units. A megabyte pasted by mistake is answered, not stored. */
export const textLimits = { name: 200, title: 500, line: 2_000, prose: 100_000 } as const;

const storable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

const text = (limit: number) =>
  z.string().max(limit, 'text-too-long').refine(storable, 'text-not-storable');

export const nameText = text(textLimits.name);
export const titleText = text(textLimits.title);
export const lineText = text(textLimits.line);
export const proseText = text(textLimits.prose);
