import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextLink } from '#renderer/components/button.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { AccountSignIn } from './account-sign-in.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';
import { useProviderAttempt } from './use-provider-attempt.ts';
import { useWays } from './use-ways.ts';

export type RegionSignInProps = {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly login: string;
  readonly onLogin: (login: string) => void;
  /** Nobody has worked on this computer yet: there is no one else to choose. */
  readonly isOnly: boolean;
};

/** Somebody new on this computer: signs in to the region, which needs the network once. */
export const RegionSignIn = ({ isChosen, onChoose, login, onLogin, isOnly }: RegionSignInProps) => {
  const { t } = useTranslation('session');
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
  return (
    <li>
      <div className="sign-in-person sign-in-chosen">
        <div className="sign-in-who">
          <b>{isOnly ? t('firstTime') : t('someoneElse')}</b>
          <span className="muted text-s">{t('needsNetwork')}</span>
        </div>
        <WaysIn login={login} onLogin={onLogin} />
      </div>
    </li>
  );
};

/** The provider first where there is one, a local account where it is allowed. */
const WaysIn = ({ login, onLogin }: Pick<RegionSignInProps, 'login' | 'onLogin'>) => {
  const { t } = useTranslation('session');
  const ways = useWays();
  const attempt = useProviderAttempt();
  // Somebody who comes with a login has an account; and what somebody types is not taken from them.
  const [byAccount, setByAccount] = useState(login !== '');

  if (ways === 'asking') return <p className="muted text-s">{t('provider.asking')}</p>;
  const known = ways === 'unknown' ? { localAccounts: true, provider: null } : ways;
  const account = known.provider === null || (byAccount && known.localAccounts);
  return (
    <>
      {account ? (
        <AccountSignIn
          login={login}
          onLogin={(typed) => {
            setByAccount(true);
            onLogin(typed);
          }}
        />
      ) : (
        known.provider && <ProviderSignIn host={known.provider.host} attempt={attempt} />
      )}
      {known.provider && known.localAccounts && attempt.at.step === 'none' && (
        <p className="text-s">
          <TextLink onPress={() => setByAccount(!account)}>
            {account ? t('provider.useProvider') : t('provider.useAccount')}
          </TextLink>
        </p>
      )}
    </>
  );
};
