import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { OpenProblem } from './open-problem-box.tsx';
import { ProviderSecret } from './provider-secret.tsx';
import type { ProviderAttempt } from './use-provider-attempt.ts';

export type ProviderSignInProps = {
  /** The identity provider's host, for the person to recognise. */
  readonly host: string;
  readonly attempt: ProviderAttempt;
};

/** Signing in at the region's identity provider: the browser, the waiting, then the person's own secret. */
export const ProviderSignIn = ({ host, attempt }: ProviderSignInProps) => {
  const { t, i18n } = useTranslation('session');
  const { at, begin, cancel } = attempt;

  if (at.step === 'ready') {
    return <ProviderSecret key={at.attemptId} ready={at} onCancel={cancel} />;
  }
  if (at.step === 'waiting') {
    return (
      <>
        <Banner
          tone="info"
          shape="box"
          announce="polite"
          actions={
            <Button onPress={cancel} autoFocus>
              {t('provider.cancel')}
            </Button>
          }
        >
          {t('provider.waiting')}
        </Banner>
        {!at.opened && (
          <p className="muted text-s">
            {t('provider.notOpened')}{' '}
            <TextLink href={at.url} target="_blank" rel="noopener noreferrer">
              {t('provider.openPage')}
            </TextLink>
          </p>
        )}
      </>
    );
  }
  const problem = at.step === 'none' ? at.problem : null;
  return (
    <>
      <p className="muted text-s">{t('provider.what', { host })}</p>
      <div className="row">
        <Button
          variant="main"
          autoFocus
          isPending={at.step === 'beginning'}
          onPress={() => void begin(languageOf(i18n.language))}
        >
          {problem ? t('provider.tryAgain') : t('provider.begin')}
        </Button>
      </div>
      {problem && (
        <OpenProblem key={`${problem.code}-${problem.retryAfterSeconds ?? ''}`} problem={problem} />
      )}
    </>
  );
};
