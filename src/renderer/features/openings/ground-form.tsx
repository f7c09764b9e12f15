import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpeningGround } from '#shared/domain/access/rules.ts';
import { textLimits } from '#shared/domain/text.ts';
import { ChoiceGroup } from '#renderer/components/checkbox.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { TextArea } from '#renderer/components/text-field.tsx';
import { useFieldProblemWords } from '../problems/index.ts';

/** A ground and the reason for it, as far as they have been given. */
export type Grounding = { readonly groundId: string | null; readonly reason: string };

export const noGrounding: Grounding = { groundId: null, reason: '' };

/** The reason as it is stored: one line, without the spaces around it. */
export const reasonOf = ({ reason }: Grounding): string =>
  reason
    .trim()
    .replaceAll(/\s*\n\s*/gu, ' ')
    .normalize('NFC');

/** What is missing, by field. */
export const groundingProblems = (
  grounding: Grounding,
): { readonly ground?: string; readonly reason?: string } => ({
  ...(grounding.groundId === null ? { ground: 'ground-missing' } : {}),
  ...(reasonOf(grounding) === ''
    ? { reason: 'reason-missing' }
    : reasonOf(grounding).length > textLimits.line
      ? { reason: 'text-too-long' }
      : {}),
});

const useDuration = (): ((minutes: number) => string) => {
  const { t } = useTranslation('openings');
  return (minutes) =>
    minutes < 120
      ? t('duration.minutes', { count: minutes })
      : t('duration.hours', { count: Math.round(minutes / 60) });
};

export type GroundFormProps = {
  readonly grounds: readonly OpeningGround[];
  readonly emergencies: readonly OpeningGround[];
  readonly value: Grounding;
  readonly onChange: (value: Grounding) => void;
  /** How many times somebody tried to open: from the first on, what is missing is said and gone to. */
  readonly tries: number;
  /** Before the reason: what else there is to choose. */
  readonly children?: ReactNode;
};

/** The legal ground and why; emergencies apart in a red frame with their hour. */
export const GroundForm = ({
  grounds,
  emergencies,
  value,
  onChange,
  tries,
  children,
}: GroundFormProps) => {
  const { t, i18n } = useTranslation('openings');
  const language = languageOf(i18n.language);
  const duration = useDuration();
  const fieldWords = useFieldProblemWords();
  const problems = groundingProblems(value);
  const isChecked = tries > 0;
  const fields = useRef<HTMLDivElement>(null);
  // What is missing may lie outside of sight.
  useEffect(() => {
    if (tries === 0) return;
    fields.current
      ?.querySelector<HTMLElement>('[role=radiogroup][data-invalid] input, [aria-invalid=true]')
      ?.focus();
  }, [tries]);
  const choose = (groundId: string): void => onChange({ ...value, groundId });
  const choicesOf = (list: readonly OpeningGround[]) =>
    list.map((ground) => ({
      id: ground.id,
      label: ground[language],
      description: t('groundNote', { source: ground.source, duration: duration(ground.minutes) }),
    }));
  const groundError =
    isChecked && problems.ground !== undefined ? { error: fieldWords(problems.ground) } : {};
  return (
    <div className="opening-grounds" ref={fields}>
      {grounds.length > 0 && (
        <ChoiceGroup
          label={t('ground')}
          choices={choicesOf(grounds)}
          value={value.groundId}
          onChange={choose}
          {...groundError}
        />
      )}
      {emergencies.length > 0 && (
        <div className="opening-emergency">
          <p className="opening-emergency-head">
            <Icon name="alert" size={15} />
            <b>{t('emergency.title')}</b>
          </p>
          <p className="text-s">{t('emergency.note')}</p>
          <ChoiceGroup
            label={t('emergency.ground')}
            choices={choicesOf(emergencies)}
            value={value.groundId}
            onChange={choose}
            {...(grounds.length === 0 ? groundError : {})}
          />
        </div>
      )}
      {grounds.length + emergencies.length === 0 && <p>{t('noGround')}</p>}
      {children}
      <TextArea
        label={t('reason')}
        description={t('reasonNote')}
        value={value.reason}
        onChange={(reason) => onChange({ ...value, reason })}
        isRequired
        {...(isChecked && problems.reason !== undefined
          ? { error: fieldWords(problems.reason) }
          : {})}
      />
      <p className="text-s opening-seen">
        <Icon name="info" size={14} />
        {t('clientWillSee')}
      </p>
    </div>
  );
};
