import { useTranslation } from 'react-i18next';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { formatDate } from '#renderer/components/format.ts';
import { Select } from '#renderer/components/select.tsx';
import type { MeetingDay } from './meeting-days.ts';

const none = 'none';

export type MeetingChoiceProps = {
  readonly label: string;
  readonly meetings: readonly MeetingDay[];
  /** The day chosen, whether a meeting was held on it or not. */
  readonly value: CivilDate | null;
  readonly onChange: (date: CivilDate | null) => void;
};

/** Picks a day by the meeting that was held on it. */
export const MeetingChoice = ({ label, meetings, value, onChange }: MeetingChoiceProps) => {
  const { t } = useTranslation('history');
  const options = meetings.map(({ date, about }) => ({
    id: date,
    label: [formatDate(date), ...about].join(' · '),
  }));
  return (
    <Select
      label={label}
      options={[{ id: none, label: t('meeting.none') }, ...options]}
      value={options.some(({ id }) => id === value) && value !== null ? value : none}
      onChange={(id) => onChange(id === none ? null : id)}
    />
  );
};
