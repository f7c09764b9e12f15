import { newId } from '#shared/domain/ids.ts';
import { ok } from '#shared/lib/result.ts';
import type { administrationCalls } from '#shared/protocol/online/administration.ts';
import { withTransaction } from '../../db/pool.ts';
import { saveUnits } from '../directory.ts';
import type { HandlersOf } from '../online/online-handlers.ts';
import { giveNewSecret } from './accounts.ts';
import { logAdministration } from './answers.ts';
import { listDevices, revoke } from './devices.ts';
import { endPerson, linkClient, listPeople, savePerson } from './people.ts';
import { changeRelations, listRelations } from './relations.ts';
import { joinClients, listSameCode } from './same-code.ts';

/** What an administrator does: people, units, relations in bulk, devices. Every change is logged. */
export const administrationHandlers: HandlersOf<keyof typeof administrationCalls> = {
  'people.list': listPeople,
  'people.save': savePerson,
  'people.end': endPerson,
  'people.newSecret': giveNewSecret,
  'people.linkClient': linkClient,
  'units.save': (asker, unit) =>
    withTransaction(asker.db, async (tx) => {
      const id = unit.id ?? newId(asker.now().getTime(), asker.random);
      await saveUnits(tx, [{ ...unit, id }]);
      await logAdministration(tx, asker, 'units', id);
      return ok({ id });
    }),
  'relations.list': listRelations,
  'relations.change': changeRelations,
  'devices.list': listDevices,
  'devices.revoke': revoke,
  'clients.sameCode': listSameCode,
  'clients.merge': joinClients,
};
