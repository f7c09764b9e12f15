import { z } from 'zod';
import { wallClockText } from '../civil-date.ts';
import { idSchema } from '../ids.ts';
import { proseText } from '../text.ts';
import { originGroup } from './common-groups.ts';
import { appendOnlyKind, decide } from './group.ts';

export const noteKinds = [
  'contact',
  'home-visit',
  'phone-call',
  'meeting',
  'observation',
  'hand-over',
  'other',
] as const;

/** Kirjaus: written once; a mistake is corrected by a new note that names the old one (703/2023 22 §). */
export const note = appendOnlyKind({
  entry: decide({
    kind: z.enum(noteKinds),
    text: proseText,
    /** When the thing happened, as `YYYY-MM-DDTHH:MM` of the wall clock in Finland. */
    happenedAt: wallClockText,
    corrects: idSchema.nullable(),
  }),
  origin: originGroup,
});
