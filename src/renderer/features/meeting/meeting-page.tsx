import { useMemo, useState } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Directory } from '#renderer/store/people.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { recordById, valueOf } from '#renderer/store/reading.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useGroupForm } from '../editing/index.ts';
import { MeetingOnScreen } from './meeting-on-screen.tsx';
import { MinutesPage } from './minutes-page.tsx';
import { freshMeeting, meetingIn } from './open-meeting.ts';
import { StartMeeting } from './start-meeting.tsx';
import { useOpenMeeting } from './use-open-meeting.ts';
import { useSharedScreen } from './use-shared-screen.ts';

export type MeetingPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The meeting whose minutes are read, when the address names one. */
  readonly recordId: Id | null;
};

/** Verkostoneuvottelu: who is there, then the plan goal by goal, then the minutes. */
export const MeetingPage = ({ view, directory, recordId }: MeetingPageProps) => {
  const self = useAppSelector((state) => state.session.session?.person ?? null);
  const open = useOpenMeeting(view);
  const [meetingId, setMeetingId] = useState(open?.id ?? makeId);
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: meetingId,
      kind: 'plan-meeting',
      compartment: jointPlan,
      group: 'course',
    }),
    [view.caseId, meetingId],
  );
  const startValue = useMemo(() => freshMeeting(self === null ? [] : [self.id]), [self]);
  const form = useGroupForm(target, recordById(view, meetingId), {
    startValue,
    writesItself: false,
  });
  const meeting = meetingIn(form.value);
  useSharedScreen(recordId === null && (meeting.startedAt !== '' || meeting.beganAt !== ''));
  const read = recordById(view, recordId);
  const course = valueOf(read, 'plan-meeting', 'course');
  if (read !== undefined && course !== null) {
    return <MinutesPage key={read.id} view={view} directory={directory} record={read} />;
  }
  if (meeting.startedAt === '') {
    return <StartMeeting view={view} directory={directory} form={form} ownId={self?.id ?? null} />;
  }
  return (
    <MeetingOnScreen
      view={view}
      directory={directory}
      form={form}
      onEnded={() => {
        setMeetingId(makeId());
        goTo(clientHref(view.caseId, 'meeting', { recordId: meetingId }));
      }}
    />
  );
};
