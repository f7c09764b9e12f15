import type { CallArguments } from '#shared/contract/calls.ts';
import type { CallHandlers } from '#shared/contract/transport.ts';
import type { DeskCalls } from '../desk-calls.ts';
import { dropDraft, keepDraft } from '../editing/keep-drafts.ts';
import { removeRecord, restoreRecord } from '../editing/remove-record.ts';
import { writeEdits } from '../editing/write-edits.ts';
import { clientsAtHand, pin } from './clients-at-hand.ts';
import { createClient } from './create-client.ts';
import { findClients, searchTextsLogged } from './find-clients.ts';
import { markSeen } from './mark-seen.ts';
import { notePrint, openClient, revealContact } from './open-client.ts';

type ClientCalls =
  | 'clients.search'
  | 'clients.atHand'
  | 'clients.pin'
  | 'clients.open'
  | 'clients.revealContact'
  | 'clients.create'
  | 'clients.markSeen'
  | 'text.search'
  | 'records.write'
  | 'records.remove'
  | 'records.restore'
  | 'drafts.save'
  | 'drafts.discard'
  | 'uses.note';

const ofInput = ({ caseId }: { readonly caseId: string }): readonly string[] => [caseId];

/** Finding, showing and editing clients whose data lies on this device. */
export const clientHandlers = ({
  atDesk,
  reading,
  writing,
}: DeskCalls): Pick<CallHandlers, ClientCalls> => ({
  'clients.search': reading((desk, input) => findClients(desk.db, input)),
  'clients.atHand': reading(clientsAtHand),
  'clients.pin': writing(pin, ofInput),
  'clients.open': reading((desk, { caseId, from }) => openClient(desk, caseId, from)),
  'clients.revealContact': reading((desk, { caseId }) => revealContact(desk, caseId)),
  'clients.create': writing(createClient, (_input, made) => [made.caseId]),
  'clients.markSeen': writing(markSeen, ofInput),
  'text.search': reading(searchTextsLogged),

  'records.write': writing(
    (desk, { caseId, edits }: CallArguments<'records.write'>) => writeEdits(desk, caseId, edits),
    ofInput,
  ),
  'records.remove': writing(
    (desk, { caseId, recordId, reason }: CallArguments<'records.remove'>) =>
      removeRecord(desk, caseId, recordId, reason),
    ofInput,
  ),
  'records.restore': writing(
    (desk, { caseId, recordId }: CallArguments<'records.restore'>) =>
      restoreRecord(desk, caseId, recordId),
    ofInput,
  ),
  'drafts.save': atDesk(keepDraft),
  'drafts.discard': atDesk(dropDraft),
  'uses.note': reading(notePrint),
});
