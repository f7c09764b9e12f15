import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BrandMark } from '#renderer/components/brand-mark.tsx';
import { Button } from '#renderer/components/button.tsx';
import { readSession } from '#renderer/store/session-actions.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { useProblemWords } from '../features/problems/index.ts';
import { SignInPage } from '../features/session/index.ts';
import { FailureBoundary } from './failure-boundary.tsx';
import { WorkFrame } from './work-frame.tsx';

/** Until the core has said who is here: quiet, and in words if it does not. */
const Beginning = () => {
  const { t } = useTranslation('app');
  const problem = useAppSelector((state) => state.session.problem);
  const dispatch = useAppDispatch();
  const words = useProblemWords();
  return (
    <main className="beginning" aria-busy={problem === null}>
      <BrandMark size={34} tile />
      <h1>Punos</h1>
      {problem === null ? (
        <p className="muted">{t('opening')}</p>
      ) : (
        <>
          <p role="alert">{words(problem)}</p>
          <Button onPress={() => void dispatch(readSession())}>{t('tryAgain')}</Button>
        </>
      )}
    </main>
  );
};

export const App = () => {
  const session = useAppSelector((state) => state.session.session);
  const dispatch = useAppDispatch();
  useEffect(() => {
    void dispatch(readSession());
  }, [dispatch]);
  if (session === null) return <Beginning />;
  const place = session.state === 'open' ? (session.person?.id ?? '') : 'locked';
  return (
    <FailureBoundary place={place}>
      {session.state === 'open' && session.person !== null ? (
        <WorkFrame key={session.person.id} person={session.person} />
      ) : (
        <SignInPage session={session} />
      )}
    </FailureBoundary>
  );
};

/** The window was opened without the address that the program printed. */
export const NoAddress = () => {
  const { t } = useTranslation('app');
  return (
    <main className="beginning">
      <BrandMark size={34} tile />
      <h1>{t('noAddress.title')}</h1>
      <p>{t('noAddress.text')}</p>
    </main>
  );
};
