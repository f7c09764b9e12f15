import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import { Button } from '#renderer/components/button.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { signIn } from '#renderer/store/session-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { remedyFor } from './open-problem.ts';
import { OpenProblem } from './open-problem-box.tsx';

export type AccountSignInProps = {
  readonly login: string;
  readonly onLogin: (login: string) => void;
};

/** Signing in with an account of the region's own. */
export const AccountSignIn = ({ login, onLogin }: AccountSignInProps) => {
  const { t } = useTranslation('session');
  const dispatch = useAppDispatch();
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const open = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy || login.trim() === '') return;
    setBusy(true);
    const trouble = await dispatch(signIn({ login: login.trim(), secret }));
    setBusy(false);
    setProblem(trouble);
    if (trouble && remedyFor(trouble) === 'type-again') setSecret('');
  };

  const wrong = problem !== null && remedyFor(problem) === 'type-again';
  return (
    <form className="stack" onSubmit={(event) => void open(event)}>
      <TextField
        label={t('login')}
        value={login}
        onChange={onLogin}
        autoComplete="username"
        autoFocus={login === ''}
      />
      <div className="sign-in-secret">
        <TextField
          label={t('secret')}
          type="password"
          autoComplete="current-password"
          value={secret}
          onChange={setSecret}
          autoFocus={login !== ''}
          description={t('secretBecomes')}
          {...(wrong ? { error: t('wrongCredentials') } : {})}
        />
        <Button type="submit" variant="main" isPending={busy}>
          {t('signIn')}
        </Button>
      </div>
      {problem && !wrong && (
        <OpenProblem key={`${problem.code}-${problem.retryAfterSeconds ?? ''}`} problem={problem} />
      )}
    </form>
  );
};
