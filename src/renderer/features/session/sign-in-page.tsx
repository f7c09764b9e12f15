import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '#shared/contract/views.ts';
import { BrandMark } from '#renderer/components/brand-mark.tsx';
import { SignInBraid } from '#renderer/components/sign-in-braid.tsx';
import { LanguageChoice } from '../settings/index.ts';
import { PersonCard } from './person-card.tsx';
import { RegionSignIn } from './region-sign-in.tsx';
import './session.css';

const someoneElse = 'someone-else';

/** Who goes on at this computer. Everybody's work lies here under a key of their own. */
export const SignInPage = ({ session }: { readonly session: SessionState }) => {
  const { t } = useTranslation('session');
  const { people } = session;
  const [chosen, setChosen] = useState(people[0]?.personId ?? someoneElse);
  const [login, setLogin] = useState('');
  const isThere = people.some((person) => person.personId === chosen);
  return (
    <div className="sign-in">
      <SignInBraid />
      <main className="sign-in-main">
        <div className="row sign-in-head">
          <BrandMark size={26} tile />
          <span className="sign-in-who">
            <b className="text-l">Punos</b>
            <span className="muted text-s">{session.regionName ?? t('tagline')}</span>
          </span>
          <span className="end">
            <LanguageChoice />
          </span>
        </div>
        <h1 className="text-2xl">{people.length > 0 ? t('title') : t('welcome')}</h1>
        <p className="muted">{people.length > 0 ? t('note') : t('welcomeNote')}</p>
        <ul className="sign-in-people">
          {people.map((person) => (
            <PersonCard
              key={person.personId}
              person={person}
              isChosen={person.personId === chosen}
              onChoose={() => setChosen(person.personId)}
              onStartAnew={(anew) => {
                setLogin(anew);
                setChosen(someoneElse);
              }}
            />
          ))}
          <RegionSignIn
            isChosen={!isThere}
            isOnly={people.length === 0}
            onChoose={() => setChosen(someoneElse)}
            login={login}
            onLogin={setLogin}
          />
        </ul>
        {people.length > 0 && <p className="muted text-s">{t('forgot')}</p>}
      </main>
    </div>
  );
};
