import { useTranslation } from 'react-i18next';
import type { RequestStanding } from '#shared/domain/requests/standing.ts';
import type { IconName } from '#renderer/components/icon.tsx';
import { Tag, type Tone } from '#renderer/components/tag.tsx';
import type { PlanRequest } from './plan-requests.ts';

const signs: Readonly<Record<RequestStanding, readonly [Tone, IconName]>> = {
  waiting: ['info', 'clock'],
  overdue: ['bad', 'alert'],
  accepted: ['info', 'check'],
  answered: ['ok', 'check'],
  declined: ['warn', 'close'],
  withdrawn: ['line', 'close'],
};

/** How a request stands: sign, word and colour. */
export const RequestSign = ({ standing }: { readonly standing: RequestStanding }) => {
  const { t } = useTranslation('requests');
  const [tone, icon] = signs[standing];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`standing.${standing}`)}
    </Tag>
  );
};

/** On the row of the plan: what has been asked there and waits, or is late. */
export const RowRequests = ({ requests }: { readonly requests: readonly PlanRequest[] }) => {
  const { t } = useTranslation('requests');
  const open = requests.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return undefined;
  const late = open.filter(({ standing }) => standing === 'overdue').length;
  return late > 0 ? (
    <Tag tone="bad" icon="alert">
      {t('row.overdue', { count: late })}
    </Tag>
  ) : (
    <Tag tone="info" icon="conversation">
      {t('row.open', { count: open.length })}
    </Tag>
  );
};
