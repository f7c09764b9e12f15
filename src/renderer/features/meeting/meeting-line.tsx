import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { clientHref } from '#renderer/store/route.ts';
import { presentCount } from './open-meeting.ts';
import { useOpenMeeting } from './use-open-meeting.ts';

/** On the client's other pages: a meeting is going on, and the way back to it. */
export const MeetingLine = ({ view }: { readonly view: ClientView }) => {
  const { t } = useTranslation('meeting');
  const open = useOpenMeeting(view);
  if (open === null || open.meeting.startedAt === '') return undefined;
  return (
    <Banner
      tone="info"
      icon="people"
      actions={<TextLink href={clientHref(view.caseId, 'meeting')}>{t('toMeeting')}</TextLink>}
    >
      {t('going', { count: presentCount(open.meeting) })}
    </Banner>
  );
};
