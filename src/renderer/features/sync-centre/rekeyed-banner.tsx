import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { useNow } from '#renderer/store/use-now.ts';

/** There was a copy of this computer's case file: what that means, when it was noticed, and that all is well. */
export const RekeyedBanner = ({ atMs }: { readonly atMs: number }) => {
  const { t, i18n } = useTranslation('sync');
  const moment = formatMoment(atMs, useNow(), languageOf(i18n.language));
  return (
    <Banner tone="info" shape="box" title={t('rekeyed.title')}>
      {t('rekeyed.words', { moment })}
    </Banner>
  );
};
