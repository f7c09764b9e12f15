import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '#renderer/components/date-field.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { TextField } from '#renderer/components/text-field.tsx';
import { clockOf } from '#renderer/components/typed-clock.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { GroupForm } from '../editing/index.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import { minutesOf, textIn } from './open-visit.ts';

/** When the visit began, and how long it lasted when that is known. */
export const VisitTime = ({
  form,
  onValid,
}: {
  readonly form: GroupForm;
  /** What was typed is a time, or is none. */
  readonly onValid: (isValid: boolean) => void;
}) => {
  const { t, i18n } = useTranslation(['visit', 'notes', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const words = useFieldProblemWords();
  const [day = '', clock = ''] = textIn(form.value, 'startedAt').split('T');
  const [typedClock, setTypedClock] = useState(
    language === 'en' ? clock : clock.replace(':', '.').replace(/^0/u, ''),
  );
  const { minutes } = form.value;
  const [typedMinutes, setTypedMinutes] = useState(
    typeof minutes === 'number' ? String(minutes) : '',
  );
  const isClock = clockOf(typedClock) !== null;
  const isLength = minutesOf(typedMinutes) !== undefined;
  return (
    <div className="visit-time">
      <DateField
        label={t('notes:day')}
        value={day}
        max={today}
        onChange={(date) => {
          if (date !== null) form.set({ startedAt: `${date}T${clock || '00:00'}` });
        }}
      />
      <TextField
        label={t('visit:began')}
        value={typedClock}
        inputMode="numeric"
        onChange={(typed) => {
          setTypedClock(typed);
          const time = clockOf(typed);
          onValid(time !== null && isLength);
          if (time !== null) form.set({ startedAt: `${day}T${time}` });
        }}
        {...(isClock ? {} : { error: words('not-a-time') })}
      />
      <TextField
        label={t('records:field.minutes')}
        value={typedMinutes}
        inputMode="numeric"
        onChange={(typed) => {
          setTypedMinutes(typed);
          const length = minutesOf(typed);
          onValid(length !== undefined && isClock);
          if (length !== undefined) form.set({ minutes: length });
        }}
        {...(isLength ? {} : { error: t('visit:notMinutes') })}
      />
    </div>
  );
};
