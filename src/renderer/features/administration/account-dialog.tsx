import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import {
  useGiveNewSecretMutation,
  useLinkClientMutation,
} from '#renderer/store/calls/administration-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { ProblemBox } from './parts.tsx';
import type { PersonRow } from './person-form.ts';

/** A local account with a secret shown once, and the link to the person's own record as a client. */
export const AccountDialog = ({
  row,
  onClose,
}: {
  readonly row: PersonRow;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const [login, setLogin] = useState(row.login ?? '');
  const [code, setCode] = useState('');
  const [give, given] = useGiveNewSecretMutation();
  const [link, linked] = useLinkClientMutation();
  const problem = given.error ?? linked.error;
  return (
    <Dialog
      title={t('account.title', { name: `${row.givenName} ${row.familyName}` })}
      isOpen
      onClose={onClose}
      isQuestion
      actions={<Button onPress={onClose}>{t('close')}</Button>}
    >
      <div className="stack">
        <TextField label={t('people.login')} value={login} onChange={setLogin} />
        <div>
          <Button
            isPending={given.isLoading}
            isDisabled={login.trim().length < 3}
            onPress={() => void give({ id: row.id, login })}
          >
            {t('account.newSecret')}
          </Button>
        </div>
        {given.data && (
          <Banner tone="info" shape="box" announce="polite" title={given.data.secret}>
            {t('account.shownOnce')}
          </Banner>
        )}
        <TextField
          label={t('account.code')}
          value={code}
          onChange={setCode}
          description={row.isClient ? t('account.isClient') : t('account.codeNote')}
        />
        <div className="administration-row">
          <Button
            isPending={linked.isLoading}
            isDisabled={code.trim() === ''}
            onPress={() => void link({ id: row.id, personalIdentityCode: code })}
          >
            {t('account.link')}
          </Button>
          {row.isClient && (
            <Button
              variant="flat"
              onPress={() => void link({ id: row.id, personalIdentityCode: null })}
            >
              {t('account.unlink')}
            </Button>
          )}
        </div>
        {linked.isSuccess && <p role="status">{t('saved')}</p>}
        <ProblemBox problem={problem === undefined ? null : problemOf(problem)} />
      </div>
    </Dialog>
  );
};
