import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useFindClientMutation } from '#renderer/store/calls/openings-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { wholeCodeOf } from '../openings/index.ts';
import { useProblemWords } from '../problems/index.ts';

/** Whose log is read: the client and the name by which the reader knows them. */
export type WhoseLog = { readonly caseId: Id; readonly name: string };

/** Finds the client whose log is asked for, by personal identity code; the look-up itself is logged. */
export const FindLogCard = ({ onFound }: { readonly onFound: (whose: WhoseLog) => void }) => {
  const { t } = useTranslation('useLog');
  const words = useProblemWords();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<'incomplete' | 'nobody' | null>(null);
  const [find, { isLoading, error }] = useFindClientMutation();

  const search = async (): Promise<void> => {
    const personalIdentityCode = wholeCodeOf(text);
    setWrong(personalIdentityCode === null ? 'incomplete' : null);
    if (personalIdentityCode === null) return;
    const answer = await find({ personalIdentityCode });
    const found = answer.data?.found;
    if (answer.data !== undefined && !found) setWrong('nobody');
    if (found) {
      setText('');
      onFound({ caseId: found.caseId, name: `${found.givenNames} ${found.familyName}`.trim() });
    }
  };

  return (
    <Card title={t('find.title')} note={t('find.note')}>
      <form
        className="use-log-form"
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <TextField
          label={t('find.code')}
          value={text}
          maxLength={20}
          autoComplete="off"
          onChange={setText}
          {...(wrong === null ? {} : { error: t(`find.${wrong}`) })}
        />
        <Button type="submit" isPending={isLoading}>
          {t('find.open')}
        </Button>
      </form>
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="polite">
          {words(problemOf(error))}
        </Banner>
      )}
    </Card>
  );
};
