import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import { Button } from '#renderer/components/button.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { signIn } from '#renderer/store/session-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { remedyFor } from './open-problem.ts';
import { OpenProblem } from './open-problem-box.tsx';

export type RegionSignInProps = {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly login: string;
  readonly onLogin: (login: string) => void;
  /** Nobody has worked on this computer yet: there is no one else to choose. */
  readonly isOnly: boolean;
};

/** Somebody new on this computer: signs in with the region's account, which needs the network once. */
export const RegionSignIn = ({ isChosen, onChoose, login, onLogin, isOnly }: RegionSignInProps) => {
  const { t } = useTranslation('session');
  const dispatch = useAppDispatch();
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  if (!isChosen) {
    return (
      <li>
        <button type="button" className="sign-in-person" onClick={onChoose}>
          <span className="sign-in-plus">
            <Icon name="plus" size={18} />
          </span>
          <span className="sign-in-who">
            <span>{t('someoneElse')}</span>
            <span className="muted text-s">{t('needsNetwork')}</span>
          </span>
        </button>
      </li>
    );
  }

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
    <li>
      <form className="sign-in-person sign-in-chosen" onSubmit={(event) => void open(event)}>
        <div className="sign-in-who">
          <b>{isOnly ? t('firstTime') : t('someoneElse')}</b>
          <span className="muted text-s">{t('needsNetwork')}</span>
        </div>
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
          <OpenProblem
            key={`${problem.code}-${problem.retryAfterSeconds ?? ''}`}
            problem={problem}
          />
        )}
      </form>
    </li>
  );
};
