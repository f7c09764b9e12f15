import type { CallHandlers } from '#shared/contract/transport.ts';
import type { DeskCalls } from '../desk-calls.ts';
import { familyRows, showFamily } from './show-family.ts';

/** A child's family, as far as whoever is at the desk may see it. */
export const familyHandlers = ({
  reading,
}: DeskCalls): Pick<CallHandlers, 'family.show' | 'family.rows'> => ({
  'family.show': reading(showFamily),
  'family.rows': reading(familyRows),
});
