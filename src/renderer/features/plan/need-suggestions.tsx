import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import type { NeedSuggestion } from './suggested-needs.ts';

export type NeedSuggestionsProps = {
  readonly needs: readonly NeedSuggestion[];
  readonly onChoose: (need: NeedSuggestion) => void;
};

/** Headings to begin from, as the plan's track has them; one's own words are as good. */
export const NeedSuggestions = ({ needs, onChoose }: NeedSuggestionsProps) => {
  const { t } = useTranslation('plan');
  if (needs.length === 0) return undefined;
  return (
    <fieldset className="plan-suggestions">
      <legend className="muted text-s">{t('new.suggestions')}</legend>
      {needs.map((need) => (
        <Button key={need.title} icon="plus" onPress={() => onChoose(need)}>
          {need.title}
        </Button>
      ))}
    </fieldset>
  );
};
