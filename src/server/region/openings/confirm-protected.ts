import { isProtected, openingGrounds } from '#shared/domain/access/rules.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import { byRegister, compartmentsOf, entryOf, rightOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { readAccess, type CaseAccess } from '../rights/read-access.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { writeUse } from '../use-log/write-use.ts';
import { lockPerson, noAccess } from './case-standing.ts';
import {
  addOpening,
  groundInForce,
  runningOpening,
  unknownGround,
  type Opened,
} from './store-opening.ts';

/**
 * Confirms that specially protected parts are necessary, for a client whom the asker may see otherwise
 * (703/2023 26 §; STM 457/2024 26 §). All the parts or none: one that exists not, is not protected, or
 * would stay closed anyway is answered alike.
 */
export const confirmProtected = async (
  asker: Asker,
  {
    caseId,
    compartments: named,
    ground: groundId,
    reason,
  }: OnlineInput<'clients.confirmProtected'>,
): Promise<Result<Opened, OnlineRefusal>> => {
  const nowMs = asker.now().getTime();
  const { person } = asker;
  const ground = groundInForce(groundId, ['confirmation'], nowMs);
  if (!ground) return err(unknownGround);
  const compartments = [...new Set(named)].toSorted();
  return withTransaction(asker.db, async (tx) => {
    await lockPerson(tx, person.id);
    const asked = { caseId, ground, reason, compartments };
    const access = (await readAccess(tx, person.id, [caseId], nowMs)).get(caseId);
    const running = await runningOpening(tx, person.id, asked, nowMs);
    if (running && opensAll(access, compartments)) return ok(running);
    if (!compartments.every((compartment) => mayBeConfirmed(access, compartment))) {
      return err(noAccess);
    }
    await tx.query('SAVEPOINT confirming');
    const opened = await addOpening(tx, asker, asked, nowMs);
    const after = (await readAccess(tx, person.id, [caseId], nowMs)).get(caseId);
    if (!opensAll(after, compartments)) {
      await tx.query('ROLLBACK TO SAVEPOINT confirming');
      return err(noAccess);
    }
    await touchPersonRights(tx, [person.id]);
    await writeUse(
      tx,
      [...byRegister(compartments, (compartment) => compartment)].map(([register, parts]) =>
        entryOf(asker, {
          action: 'confirm-protected',
          caseId,
          register,
          compartments: [...parts],
          what: { screen: 'opening', reason },
          ...rightOf(parts[0] === undefined ? undefined : after?.decide(parts[0])),
          ground: ground.id,
          basisId: opened.openingId,
        }),
      ),
    );
    return ok(opened);
  });
};

const opensAll = (access: CaseAccess | undefined, compartments: readonly Compartment[]): boolean =>
  compartments.every((compartment) => access?.decide(compartment).allowed === true);

/** A part that exists, is protected, and is closed for want of a confirmation or open by an earlier one. */
const mayBeConfirmed = (access: CaseAccess | undefined, compartment: Compartment): boolean => {
  if (!access || !access.compartments.includes(compartment) || !isProtected(compartment)) {
    return false;
  }
  const decision = access.decide(compartment);
  return decision.allowed ? decision.basis === 'confirmation' : decision.because === 'protected';
};

/**
 * The protected parts that a confirmation would open for the asker; of others there is no trace. That a
 * client has them is itself told of the client, so it is logged as a look.
 */
export const protectedParts = async (
  asker: Asker,
  { caseId }: OnlineInput<'clients.protectedParts'>,
): Promise<Result<OnlineOutput<'clients.protectedParts'>, OnlineRefusal>> => {
  const nowMs = asker.now().getTime();
  return withTransaction(asker.db, async (tx) => {
    const access = (await readAccess(tx, asker.person.id, [caseId], nowMs)).get(caseId);
    const closed = (access?.compartments ?? []).filter((compartment) => {
      const decision = access?.decide(compartment);
      return decision?.allowed === false && decision.because === 'protected';
    });
    const compartments =
      closed.length === 0 ? [] : await thoseThatOpen(tx, asker, caseId, closed, nowMs);
    await writeUse(
      tx,
      [...byRegister(compartments, (compartment) => compartment)].map(([register, parts]) =>
        entryOf(asker, {
          action: 'view',
          caseId,
          register,
          compartments: compartmentsOf(parts, (compartment) => compartment),
          what: { screen: 'protected-parts' },
          ...rightOf(firstRight(access)),
        }),
      ),
    );
    return ok({ compartments });
  });
};

const firstRight = (access: CaseAccess | undefined) =>
  access?.compartments
    .map((compartment) => access.decide(compartment))
    .find(({ allowed }) => allowed);

/** Tries a confirmation of all of them and takes it back. */
const thoseThatOpen = async (
  tx: Transaction,
  asker: Asker,
  caseId: Id,
  compartments: readonly Compartment[],
  nowMs: number,
): Promise<Compartment[]> => {
  const ground = openingGrounds.find(
    ({ id }) => groundInForce(id, ['confirmation'], nowMs) !== null,
  );
  if (!ground) return [];
  await tx.query('SAVEPOINT trying');
  await addOpening(tx, asker, { caseId, ground, reason: '', compartments }, nowMs);
  const access = (await readAccess(tx, asker.person.id, [caseId], nowMs)).get(caseId);
  await tx.query('ROLLBACK TO SAVEPOINT trying');
  return compartments.filter((compartment) => access?.decide(compartment).allowed === true);
};
