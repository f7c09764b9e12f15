import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState, type FocusEvent } from 'react';
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { FieldHelp, FieldLabel, type FieldWords } from './text-field.tsx';

export type DateFieldProps = FieldWords & {
  /** `YYYY-MM-DD`, or null for none. A text that is no date shows as none. */
  readonly value: string | null;
  /** Only with a whole date, or with null once every part is emptied. */
  readonly onChange: (value: string | null) => void;
  readonly min?: string;
  readonly max?: string;
  readonly isDisabled?: boolean;
  readonly isReadOnly?: boolean;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
};

const dateOf = (text: string | null): CalendarDate | null => {
  if (text === null) return null;
  try {
    return parseDate(text);
  } catch {
    return null;
  }
};

const numberOf = (field: Element, part: string): number =>
  Number(field.querySelector(`[data-type="${part}"]`)?.getAttribute('aria-valuenow') ?? Number.NaN);

/**
 * The day as it stands typed, when the calendar has no such day: on leaving the field it becomes the last
 * of its month, and the writer is told. Null for a day that exists or is not whole.
 */
const missingDay = (field: Element): string | null => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => numberOf(field, part));
  if (day === undefined || month === undefined || year === undefined) return null;
  if (![day, month, year].every(Number.isInteger)) return null;
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > lastOfMonth ? `${day}.${month}.${year}` : null;
};

const earliest = '1850-01-01';
const latest = '2199-12-31';

/**
 * Day, month, year with full stops between, in every language; typed part by part or picked from a
 * calendar whose week begins on Monday.
 */
export const DateField = ({
  label,
  hideLabel = false,
  description,
  error,
  value,
  onChange,
  min = earliest,
  max = latest,
  ...rest
}: DateFieldProps) => {
  const { t } = useTranslation('components');
  const [missing, setMissing] = useState<string | null>(null);
  const leave = (event: FocusEvent<HTMLDivElement>): void => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    setMissing(missingDay(event.currentTarget));
  };
  const notice = missing === null ? description : t('date.noSuchDay', { typed: missing });
  return (
    <DatePicker<CalendarDate>
      {...rest}
      className="field"
      granularity="day"
      firstDayOfWeek="mon"
      validationBehavior="aria"
      value={dateOf(value)}
      minValue={dateOf(min)}
      maxValue={dateOf(max)}
      onChange={(date) => onChange(date === null ? null : date.toString())}
      {...(error === undefined ? {} : { isInvalid: true })}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Group className="input date-input" onBlurCapture={leave}>
        <DateInput className="date-segments">
          {(segment) => (
            <DateSegment segment={segment} className="date-segment">
              {segment.type === 'literal'
                ? '.'
                : segment.isPlaceholder
                  ? segment.placeholder
                  : segment.text.replace(/^0(?=\d)/u, '')}
            </DateSegment>
          )}
        </DateInput>
        <AriaButton className="date-button" aria-label={t('date.open')}>
          <Icon name="calendar" />
        </AriaButton>
      </Group>
      <FieldHelp description={notice} error={error} />
      <Popover className="popover" offset={4}>
        <Dialog className="calendar-dialog" aria-label={t('date.calendar')}>
          <Calendar className="calendar">
            <header className="calendar-head">
              <AriaButton slot="previous" className="icon-button">
                <Icon name="chevronLeft" />
              </AriaButton>
              <Heading className="calendar-title" level={2} />
              <AriaButton slot="next" className="icon-button">
                <Icon name="chevronRight" />
              </AriaButton>
            </header>
            <CalendarGrid weekdayStyle="short">
              <CalendarGridHeader>
                {(day) => (
                  <CalendarHeaderCell className="calendar-weekday">{day}</CalendarHeaderCell>
                )}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => <CalendarCell date={date} className="calendar-day" />}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
};
