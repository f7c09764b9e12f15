import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { permissionsCompartment } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { useOwnPart } from '#renderer/store/own-part.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { consentStanding } from './team-facts.ts';

export type ConsentNoteProps = { readonly view: ClientView; readonly person: Person };

/** Somebody of another sector sees the joint plan by the client's consent alone: whether there is one. */
export const ConsentNote = ({ view, person }: ConsentNoteProps) => {
  const { t } = useTranslation('team');
  const today = useToday();
  const maySee = useOwnPart(view, permissionsCompartment) !== null;
  const standing = consentStanding(view, person, today, maySee);
  return (
    <Banner
      tone={standing === 'in-force' ? 'info' : 'warn'}
      shape="box"
      announce="polite"
      actions={
        standing === 'missing' && (
          <TextLink href={clientHref(view.caseId, 'permissions')}>{t('consent.record')}</TextLink>
        )
      }
    >
      {t(`consent.${standing}`)}
    </Banner>
  );
};
