import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import type { DeskPerson } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { setAside } from '#renderer/store/session-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { useProblemWords } from '../problems/index.ts';
import { remedyFor } from './open-problem.ts';

const useCountdown = (seconds: number): number => {
  const [left, setLeft] = useState(Math.ceil(seconds));
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
};

export type OpenProblemProps = {
  readonly problem: Problem;
  readonly person?: DeskPerson;
  readonly onStartAnew?: (login: string) => void;
};

/** Why it did not open, what is safe, and the one thing to do next. */
export const OpenProblem = ({ problem, person, onStartAnew }: OpenProblemProps) => {
  const { t } = useTranslation('session');
  const words = useProblemWords();
  const [asks, setAsks] = useState(false);
  const left = useCountdown(problem.retryAfterSeconds ?? 0);
  const remedy = remedyFor(problem);
  if (remedy === 'wait') {
    return (
      <Banner tone="warn" shape="box" announce="polite">
        {left > 0 ? t('slowDown', { count: left }) : t('slowDownOver')}
      </Banner>
    );
  }
  return (
    <>
      <Banner
        tone={remedy === 'set-aside' ? 'bad' : 'warn'}
        shape="box"
        announce="assertive"
        {...(remedy === 'set-aside' && person
          ? {
              actions: (
                <Button variant="bad" onPress={() => setAsks(true)}>
                  {t('setAside.ask')}
                </Button>
              ),
            }
          : {})}
      >
        {words(problem)}
      </Banner>
      {person && onStartAnew && (
        <SetAsideDialog
          person={person}
          waiting={problem.waiting ?? person.waiting}
          isOpen={asks}
          onClose={() => setAsks(false)}
          onStartAnew={onStartAnew}
        />
      )}
    </>
  );
};

type SetAsideDialogProps = {
  readonly person: DeskPerson;
  readonly waiting: number | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onStartAnew: (login: string) => void;
};

/** Sets the file aside only after saying what it holds; the old file is never overwritten. */
const SetAsideDialog = ({ person, waiting, isOpen, onClose, onStartAnew }: SetAsideDialogProps) => {
  const { t } = useTranslation('session');
  const words = useProblemWords();
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [keptAs, setKeptAs] = useState<string | null>(null);

  const carryOut = async (): Promise<void> => {
    setBusy(true);
    const result = await dispatch(setAside(person.personId));
    setBusy(false);
    if (result.ok) setKeptAs(result.value.keptAs);
    else setProblem(result.error);
  };

  if (keptAs !== null) {
    return (
      <Dialog
        title={t('setAside.doneTitle')}
        isOpen={isOpen}
        onClose={() => onStartAnew(person.login)}
        isQuestion
        actions={
          <Button variant="main" onPress={() => onStartAnew(person.login)}>
            {t('setAside.signIn')}
          </Button>
        }
      >
        <p>{t('setAside.done')}</p>
        <p className="muted text-s sign-in-path">{keptAs}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('setAside.title')}
      isOpen={isOpen}
      onClose={onClose}
      isQuestion
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {t('setAside.cancel')}
          </Button>
          <Button variant="bad" isPending={busy} onPress={() => void carryOut()}>
            {t('setAside.carryOut')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('setAside.what')}</p>
        <p>
          {waiting === null
            ? t('setAside.waitingUnknown')
            : t('setAside.waiting', { count: waiting })}
        </p>
        <p>{t('setAside.network')}</p>
        {problem && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};
