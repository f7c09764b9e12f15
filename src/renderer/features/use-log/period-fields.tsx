import { useTranslation } from 'react-i18next';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { DateField } from '#renderer/components/date-field.tsx';

export type Period = { readonly from: CivilDate; readonly to: CivilDate };

type PeriodFieldsProps = {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
};

/** From a day to a day, both included. An emptied field keeps what it had. */
export const PeriodFields = ({ period, onChange }: PeriodFieldsProps) => {
  const { t } = useTranslation('useLog');
  const isBackwards = period.from > period.to;
  return (
    <>
      <DateField
        label={t('from')}
        value={period.from}
        onChange={(from) => {
          if (from !== null) onChange({ ...period, from });
        }}
      />
      <DateField
        label={t('to')}
        value={period.to}
        {...(isBackwards ? { error: t('backwards') } : {})}
        onChange={(to) => {
          if (to !== null) onChange({ ...period, to });
        }}
      />
    </>
  );
};
