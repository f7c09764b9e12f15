import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import { shortestSecret } from '#shared/contract/session-calls.ts';
import { Button } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { completeProvider } from '#renderer/store/provider-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { useProblemWords } from '../problems/index.ts';
import { remedyFor } from './open-problem.ts';
import { OpenProblem } from './open-problem-box.tsx';
import type { AttemptStep } from './use-provider-attempt.ts';

export type ProviderSecretProps = {
  readonly ready: Extract<AttemptStep, { readonly step: 'ready' }>;
  readonly onCancel: () => void;
};

/**
 * The secret that opens the case file on this computer. A new one is typed twice: nobody could restore it,
 * and a slip of the hand would lock the person out of their own work.
 */
export const ProviderSecret = ({ ready, onCancel }: ProviderSecretProps) => {
  const { t } = useTranslation('session');
  const dispatch = useAppDispatch();
  const words = useProblemWords();
  const [secret, setSecret] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isNew = ready.needsSecret === 'new';

  const open = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const unlike = isNew && secret !== again;
    setDiffers(unlike);
    setProblem(null);
    if (unlike) return;
    setBusy(true);
    const trouble = await dispatch(completeProvider({ attemptId: ready.attemptId, secret }));
    setBusy(false);
    setProblem(trouble);
    if (trouble && remedyFor(trouble) === 'type-again' && !isNew) setSecret('');
  };

  const wrong = problem !== null && remedyFor(problem) === 'type-again';
  const wrongWords = isNew ? problem && words(problem) : t('wrongSecret');
  return (
    <form className="stack" onSubmit={(event) => void open(event)}>
      <p role="status">
        <b>
          <PlainText text={t('provider.hello', { name: ready.name })} />
        </b>
      </p>
      <TextField
        label={isNew ? t('provider.newSecret') : t('secret')}
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        autoFocus
        value={secret}
        onChange={setSecret}
        description={
          isNew
            ? t('provider.newSecretWhat', { least: shortestSecret })
            : t('provider.existingWhat')
        }
        {...(wrong && wrongWords !== null ? { error: wrongWords } : {})}
      />
      {isNew && (
        <TextField
          label={t('provider.again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          {...(differs ? { error: t('provider.differs') } : {})}
        />
      )}
      <div className="row">
        <Button type="submit" variant="main" isPending={busy}>
          {t('open')}
        </Button>
        <Button onPress={onCancel}>{t('provider.cancel')}</Button>
      </div>
      {problem && !wrong && (
        <OpenProblem key={`${problem.code}-${problem.retryAfterSeconds ?? ''}`} problem={problem} />
      )}
    </form>
  );
};
