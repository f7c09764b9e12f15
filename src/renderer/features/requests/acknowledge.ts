import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { acknowledgmentIdOf, type Id } from '#shared/domain/ids.ts';
import { recordById } from '#renderer/store/reading.ts';

/** Says that a version of a record has been read by this person; the others see it. */
export const acknowledgmentEdit = (
  view: ClientView,
  about: Pick<RecordView, 'id' | 'compartment'>,
  changeId: Id,
  personId: Id,
): Edit => {
  const recordId = acknowledgmentIdOf(about.id, personId);
  const heads = recordById(view, recordId)?.groups['receipt']?.heads ?? [];
  return {
    recordId,
    kind: 'acknowledgment',
    compartment: about.compartment,
    group: 'receipt',
    value: { recordId: about.id, changeId },
    basedOn: heads.map((head) => head.changeId),
  };
};
