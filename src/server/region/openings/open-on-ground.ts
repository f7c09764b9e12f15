import { finnishDate } from '#shared/domain/civil-date.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type { OnlineInput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '../../db/pool.ts';
import { byRegister, compartmentsOf, entryOf, rightOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { readAccess, type CaseAccess } from '../rights/read-access.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { writeUse } from '../use-log/write-use.ts';
import { exists, isOwnRecord, lockPerson, noAccess } from './case-standing.ts';
import {
  addOpening,
  groundInForce,
  otherSectorsGround,
  runningOpening,
  unknownGround,
  type Opened,
} from './store-opening.ts';
import { suitsGround, worksWithClients } from './task-reach.ts';

/**
 * Opens a client on a legal ground for a limited time (703/2023 9, 53–56 §). An emergency is flagged to the
 * privacy officer by standing unreviewed. What is opened and its entries in the log stand or fall together.
 */
export const openOnGround = async (
  asker: Asker,
  { caseId, ground: groundId, reason }: OnlineInput<'clients.openOnGround'>,
): Promise<Result<Opened, OnlineRefusal>> => {
  const nowMs = asker.now().getTime();
  const { person } = asker;
  const ground = groundInForce(groundId, ['ground', 'emergency'], nowMs);
  if (!ground) return err(unknownGround);
  const today = finnishDate(nowMs);
  if (!worksWithClients(person, today)) return err(noAccess);
  if (!suitsGround(person, ground, today)) return err(otherSectorsGround);
  return withTransaction(asker.db, async (tx) => {
    await lockPerson(tx, person.id);
    const asked = { caseId, ground, reason, compartments: null };
    const running = await runningOpening(tx, person.id, asked, nowMs);
    const before = (await readAccess(tx, person.id, [caseId], nowMs)).get(caseId);
    if (!exists(before) || isOwnRecord(before)) return err(noAccess);
    if (running) return ok(running);
    const opened = await addOpening(tx, asker, asked, nowMs);
    await touchPersonRights(tx, [person.id]);
    const after = (await readAccess(tx, person.id, [caseId], nowMs)).get(caseId);
    await writeUse(tx, entriesOf(asker, caseId, opened, after, { ground: ground.id, reason }));
    return ok(opened);
  });
};

/** One entry for each register in which the opening opens something, and one at least. */
const entriesOf = (
  asker: Asker,
  caseId: string,
  { openingId, kind }: Opened,
  access: CaseAccess | undefined,
  { ground, reason }: { readonly ground: string; readonly reason: string },
): readonly UseEntry[] => {
  const parts = (access?.compartments ?? []).flatMap((compartment) => {
    const decision = access?.decide(compartment);
    return decision?.allowed === true && decision.basisId === openingId
      ? [{ compartment, decision }]
      : [];
  });
  const use = {
    action: kind === 'emergency' ? ('emergency' as const) : ('open-on-ground' as const),
    caseId,
    what: { screen: 'opening', reason },
    ...rightOf(undefined),
    role: kind === 'emergency' ? 'emergency' : 'opening',
    ground,
    basisId: openingId,
  };
  if (parts.length === 0) return [entryOf(asker, { ...use, register: 'joint' })];
  return [...byRegister(parts, (part) => part.compartment)].map(([register, opened]) =>
    entryOf(asker, {
      ...use,
      register,
      compartments: compartmentsOf(opened, (part) => part.compartment),
    }),
  );
};
