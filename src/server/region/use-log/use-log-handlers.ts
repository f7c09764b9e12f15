import { permissionsCompartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { useLogCalls } from '#shared/protocol/online/use-log.ts';
import { withTransaction } from '../../db/pool.ts';
import { entryOf, rightOf, type AskedUse } from '../online/asker-entry.ts';
import type { Asker, HandlersOf } from '../online/online-handlers.ts';
import { readAliasGroups } from '../rights/aliases.ts';
import { readAccess } from '../rights/read-access.ts';
import { readEmergencies, reviewEmergency } from './emergencies.ts';
import { readClientLog, readOwnLog } from './read-log.ts';
import { readUnusual } from './unusual.ts';
import { verifyLog } from './verify-log.ts';
import { writeUse } from './write-use.ts';

/** Each reading of the log is an entry of its own, committed before the answer is given. */
const readingOf = (asker: Asker, screen: string, use: Omit<AskedUse, 'action'> = {}): UseEntry =>
  entryOf(asker, { action: 'log-read', ...use, what: { screen, ...use.what } });

/** In whose name an officer reads: the duty is the ground. */
const byDuty = { role: '', ground: 'duty', basisId: null } as const;

/**
 * On what ground the asker reads a client's log for the client: as the one who manages the client's
 * permissions, or as the privacy officer. Null: on none.
 */
const groundToRead = async (
  asker: Asker,
  caseId: Id,
): Promise<Pick<UseEntry, 'role' | 'ground' | 'basisId'> | null> => {
  const access = await readAccess(asker.db, asker.person.id, [caseId], asker.now().getTime());
  const decision = access.get(caseId)?.decide(permissionsCompartment);
  if (decision?.allowed === true && decision.manages) return rightOf(decision);
  return asker.person.duties.includes('privacy-officer') ? byDuty : null;
};

export const useLogHandlers: HandlersOf<keyof typeof useLogCalls> = {
  'log.own': (asker, input) =>
    withTransaction(asker.db, async (tx) => {
      const page = await readOwnLog(tx, asker.person.id, input);
      await writeUse(tx, [readingOf(asker, 'own-log', { what: { count: page.rows.length } })]);
      return ok(page);
    }),

  'log.client': async (asker, input) => {
    const { caseId, request } = input;
    const ground = await groundToRead(asker, caseId);
    if (!ground) return err({ code: 'no-access' });
    const caseIds = (await readAliasGroups(asker.db, [caseId])).get(caseId) ?? [caseId];
    return withTransaction(asker.db, async (tx) => {
      // All of it, whoever asks: the client has a right to know who has looked at what (703/2023 11 §).
      const page = await readClientLog(tx, caseIds, input);
      const [client] = await tx.query<{ familyName: string; givenNames: string }>(
        `SELECT family_name AS "familyName", given_names AS "givenNames"
         FROM client_standing WHERE case_id = $1`,
        [caseId],
      );
      await writeUse(tx, [
        readingOf(asker, 'client-log', {
          ...ground,
          caseId,
          register: 'joint',
          what: { reason: request, count: page.rows.length },
        }),
      ]);
      return ok({ ...page, client: client ?? { familyName: '', givenNames: '' } });
    });
  },

  'log.emergencies': (asker, input) =>
    withTransaction(asker.db, async (tx) => {
      const rows = await readEmergencies(tx, input, input.onlyOpen);
      await writeUse(tx, [
        readingOf(asker, 'emergencies', { ...byDuty, what: { count: rows.length } }),
      ]);
      return ok({ rows });
    }),

  'log.reviewEmergency': (asker, { openingId, note }) =>
    withTransaction(asker.db, async (tx) => {
      const done = await reviewEmergency(tx, openingId, asker.person.id, note, asker.now());
      if (!done.ok) {
        return done.error === 'no-access'
          ? err({ code: 'no-access' as const })
          : err({ code: 'not-acceptable' as const, path: 'openingId', problem: done.error });
      }
      await writeUse(tx, [
        entryOf(asker, {
          action: 'review',
          ...byDuty,
          caseId: done.value.caseId,
          register: 'joint',
          what: { screen: 'emergencies', subjectId: openingId, reason: note },
        }),
      ]);
      return ok({});
    }),

  'log.unusual': (asker, input) =>
    withTransaction(asker.db, async (tx) => {
      const rows = await readUnusual(tx, input);
      await writeUse(tx, [
        readingOf(asker, 'unusual', { ...byDuty, what: { count: rows.length } }),
      ]);
      return ok({ rows });
    }),

  'log.verify': async (asker, { from, to }) => {
    await withTransaction(asker.db, (tx) =>
      writeUse(tx, [readingOf(asker, 'verify', { ...byDuty })]),
    );
    const { checkedEntries, problems } = await verifyLog(asker, from, to);
    return ok({ checkedEntries, problems: [...problems] });
  },
};
