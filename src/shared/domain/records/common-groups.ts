import { z } from 'zod';
import { lineText, proseText, titleText } from '../text.ts';
import { decide, latest, prose } from './group.ts';

/** Free text of one voice: the client's words, an assessment, a situation. */
export const proseGroup = prose({ text: proseText });

/** Where a row stands among its siblings: a fractional key, see `sync/order-key.ts`. */
export const orderGroup = latest({ key: z.string().min(1).max(200) });

/**
 * Where an imported record came from, so that each source plan stays recognisable in the one plan.
 * `system` names the source, `identifier` the thing in it, `label` what people called it there.
 */
export const originGroup = decide({
  system: lineText,
  identifier: lineText,
  label: titleText,
});
