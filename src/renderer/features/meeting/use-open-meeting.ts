import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { meetingIn, unfinishedMeeting, type OpenMeeting } from './open-meeting.ts';

/** The client's meeting that is prepared or going on at this computer: as it is typed, else as its draft has it. */
export const useOpenMeeting = (
  view: ClientView,
): { readonly id: Id; readonly meeting: OpenMeeting } | null => {
  const edited = useAppSelector(({ editing }) =>
    Object.values(editing).find(
      ({ caseId, kind, group }) =>
        caseId === view.caseId && kind === 'plan-meeting' && group === 'course',
    ),
  );
  if (edited !== undefined) return { id: edited.recordId, meeting: meetingIn(edited.value) };
  const record = unfinishedMeeting(view);
  const draft = record?.drafts['course'];
  return record === undefined || draft === undefined
    ? null
    : { id: record.id, meeting: meetingIn(draft.value) };
};

/**
 * Whether the meeting is on the screen, also while who is present is asked again: everything else of the
 * client then leaves it.
 */
export const useIsMeetingOn = (view: ClientView): boolean => {
  const meeting = useOpenMeeting(view)?.meeting;
  return meeting !== undefined && (meeting.startedAt !== '' || meeting.beganAt !== '');
};
