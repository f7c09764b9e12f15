import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { call } from './call.ts';
import { clientRow, recordView } from './views.ts';

const ofClient = z.strictObject({ caseId: idSchema });

export const familyCalls = {
  /**
   * What this person may see of a client's family besides the client's own plan: which members are clients
   * whom this person may see, and the siblings' rows that are common with the client's. A client whom the
   * person may not see is as one who is not there. The looks are logged before the answer.
   */
  'family.show': call(
    ofClient,
    z.object({
      members: z.array(
        z.object({
          /** The member's record in the client's own plan. */
          recordId: idSchema,
          client: clientRow,
          /** Whether this person may write in that client's joint plan. */
          mayWrite: z.boolean(),
        }),
      ),
      copies: z.array(
        z.object({
          /** The client's own row. */
          recordId: idSchema,
          caseId: idSchema,
          row: recordView,
        }),
      ),
    }),
  ),
  /**
   * The needs, goals, actions and family members of a client's joint plan: what a common row or a tie is
   * written among. Logged as a look.
   */
  'family.rows': call(ofClient, z.object({ records: z.array(recordView) })),
} as const;
