import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { meetingIn, presentCount, unfinishedMeeting } from './open-meeting.ts';

/** On the client's other pages: a meeting is going on, and the way back to it. */
export const MeetingLine = ({ view }: { readonly view: ClientView }) => {
  const { t } = useTranslation('meeting');
  const draft = unfinishedMeeting(view)?.drafts['course'];
  if (draft === undefined) return undefined;
  const meeting = meetingIn(draft.value as JsonObject);
  if (meeting.startedAt === '') return undefined;
  return (
    <Banner
      tone="info"
      icon="people"
      actions={<TextLink href={clientHref(view.caseId, 'meeting')}>{t('toMeeting')}</TextLink>}
    >
      {t('going', { count: presentCount(meeting) })}
    </Banner>
  );
};
