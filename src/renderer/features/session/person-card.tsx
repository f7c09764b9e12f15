import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import type { DeskPerson } from '#shared/contract/views.ts';
import { Button } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { Tag } from '#renderer/components/tag.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { unlock } from '#renderer/store/session-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { remedyFor } from './open-problem.ts';
import { OpenProblem } from './open-problem-box.tsx';

const Waiting = ({ waiting }: { readonly waiting: number | null }) => {
  const { t } = useTranslation('session');
  if (waiting === null) return undefined;
  return waiting === 0 ? (
    <span className="muted text-xs">{t('allAtRegion')}</span>
  ) : (
    <Tag tone="warn">{t('waiting', { count: waiting })}</Tag>
  );
};

const Who = ({ person }: { readonly person: DeskPerson }) => {
  const { i18n } = useTranslation('session');
  return (
    <>
      <ProfessionMark profession={person.profession} size="big" />
      <span className="sign-in-who">
        <b className="cut" title={person.name}>
          <PlainText text={person.name} />
        </b>
        <span className="muted text-s">
          {professionWord(person.profession, languageOf(i18n.language))}
        </span>
      </span>
      <span className="end">
        <Waiting waiting={person.waiting} />
      </span>
    </>
  );
};

export type PersonCardProps = {
  readonly person: DeskPerson;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  /** After the file has been set aside: sign in with the region's account to start anew. */
  readonly onStartAnew: (login: string) => void;
};

/** Somebody with a case file on this computer: their name, what waits, and the way in. */
export const PersonCard = ({ person, isChosen, onChoose, onStartAnew }: PersonCardProps) => {
  const { t } = useTranslation('session');
  const dispatch = useAppDispatch();
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (isChosen) field.current?.focus();
  }, [isChosen]);

  if (!isChosen) {
    return (
      <li>
        <button type="button" className="sign-in-person" onClick={onChoose}>
          <Who person={person} />
        </button>
      </li>
    );
  }

  const open = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const trouble = await dispatch(unlock({ personId: person.personId, secret }));
    setBusy(false);
    setProblem(trouble);
    if (trouble && remedyFor(trouble) === 'type-again') {
      setSecret('');
      field.current?.focus();
    }
  };

  return (
    <li>
      <form className="sign-in-person sign-in-chosen" onSubmit={(event) => void open(event)}>
        <div className="row grow">
          <Who person={person} />
        </div>
        <div className="sign-in-secret">
          <TextField
            label={t('secret')}
            type="password"
            autoComplete="current-password"
            value={secret}
            onChange={setSecret}
            inputRef={field}
            {...(problem && remedyFor(problem) === 'type-again' ? { error: t('wrongSecret') } : {})}
          />
          <Button type="submit" variant="main" isPending={busy}>
            {t('open')}
          </Button>
        </div>
        {problem && remedyFor(problem) !== 'type-again' && (
          <OpenProblem
            key={`${problem.code}-${problem.retryAfterSeconds ?? ''}`}
            problem={problem}
            person={person}
            onStartAnew={onStartAnew}
          />
        )}
      </form>
    </li>
  );
};
