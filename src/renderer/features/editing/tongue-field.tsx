import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { tongueName } from './tongue-name.ts';

/** The mother tongues most spoken in Finland, ISO 639, the national and the Sámi languages first. */
const national = 'fi sv se smn sms'.split(' ');
const others =
  'am ar bg bn ckb de el en es et fa fr hi hu it ku lt lv my ne nl pl prs ps pt ro ru so sq sw ta te th ti tl tr uk ur vi zh'.split(
    ' ',
  );

export type TongueFieldProps = {
  readonly label: string;
  readonly error?: string;
  /** Empty when nobody has said. */
  readonly value: string;
  readonly onChange: (code: string) => void;
};

/** One language of many: type to narrow. A code that is not on the list stays and is named. */
export const TongueField = ({ value, onChange, ...words }: TongueFieldProps) => {
  const { t, i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  const options = useMemo(() => {
    const named = (codes: readonly string[]) =>
      codes.map((id) => ({ id, label: tongueName(id, t, language) }));
    const unlisted = value === '' || [...national, ...others].includes(value) ? [] : [value];
    return [
      ...named([...unlisted, ...national]),
      ...named(others)
        .filter(({ id, label }) => label !== id)
        .toSorted((a, b) => a.label.localeCompare(b.label, language)),
    ];
  }, [value, t, language]);
  return (
    <ComboBox
      {...words}
      options={options}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
};
