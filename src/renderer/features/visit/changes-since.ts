import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { unseenOf, type UnseenRecord } from '../unseen/index.ts';

/**
 * What others changed since a moment, milliseconds since 1970, and what this person has not looked at since
 * before it; the latest first. Null: what has not been looked at alone.
 */
export const changesSince = (
  view: ClientView,
  ownId: Id | null,
  sinceMs: number | null,
): readonly UnseenRecord[] =>
  unseenOf(
    sinceMs === null
      ? view
      : {
          ...view,
          records: view.records.map((record) => ({
            ...record,
            unseen: [
              ...new Set([
                ...record.unseen,
                ...Object.entries(record.groups)
                  .filter(([, { heads }]) =>
                    heads.some(({ time, authorId }) => time > sinceMs && authorId !== ownId),
                  )
                  .map(([group]) => group),
              ]),
            ],
          })),
        },
    ownId,
  );
