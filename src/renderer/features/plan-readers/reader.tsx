import { useTranslation } from 'react-i18next';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useNow } from '#renderer/store/use-now.ts';
import type { PlanReader } from './plan-readers.ts';

export type ReaderProps = {
  readonly reader: PlanReader;
  readonly directory: Directory;
  readonly withProfession?: boolean;
};

/** One who has acknowledged the plan: sign, name and when. */
export const Reader = ({ reader, directory, withProfession = false }: ReaderProps) => {
  const { t, i18n } = useTranslation('records');
  const now = useNow();
  return (
    <span className="plan-reader">
      <ProfessionName
        profession={reader.profession}
        person={directory.nameOf(reader.personId) ?? t('someone')}
        size="small"
        withProfession={withProfession}
      />
      <span className="muted">{formatMoment(reader.time, now, languageOf(i18n.language))}</span>
    </span>
  );
};
