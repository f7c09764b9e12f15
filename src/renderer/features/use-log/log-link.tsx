import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { WhoseLog } from './find-log-card.tsx';

type LogLinkProps = {
  readonly caseId: Id;
  readonly clientName: string;
  readonly onOpenLog: (whose: WhoseLog) => void;
};

/** The client's name; a press opens the client's log. */
export const LogLink = ({ caseId, clientName, onOpenLog }: LogLinkProps) => {
  const { t } = useTranslation('useLog');
  return (
    <TextLink onPress={() => onOpenLog({ caseId, name: clientName })}>
      <PlainText text={clientName === '' ? t('unknownClient') : clientName} />
    </TextLink>
  );
};
