import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { ageOn } from '#shared/domain/civil-date.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { ClientBar } from '#renderer/components/client-bar.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { conflictsOf } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { GroundDialog } from '../permissions/index.ts';
import { clientFacts } from '../plan-model/index.ts';
import { PresentPeople, useSayHere } from '../presence/index.ts';
import { BesideButton } from './beside-button.tsx';
import { PinButton } from './pin-button.tsx';
import { RiskTags } from './risk-tags.tsx';
import { groundKey, strongestPart } from './standing.ts';

/** Who it is, what must be seen at once, and why one sees it. */
export const ClientHead = ({
  view,
  directory,
}: {
  readonly view: ClientView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['client', 'records']);
  const today = useToday();
  useSayHere(view.caseId);
  const [asksWhy, setAsksWhy] = useState(false);
  const facts = useMemo(() => clientFacts(view), [view]);
  const conflicts = view.records.reduce((count, record) => count + conflictsOf(record).length, 0);
  const unit = facts.unitId === null ? undefined : directory.units.get(facts.unitId)?.name;
  const words = [
    facts.birthDate === null ? undefined : t('age', { years: ageOn(facts.birthDate, today) }),
    facts.identity ?? undefined,
    facts.serviceLanguage === null
      ? undefined
      : t('serviceLanguage', { language: t(`records:language.${facts.serviceLanguage}`) }),
    unit,
  ].filter((word) => word !== undefined);
  const key = groundKey(strongestPart(view.access.parts));
  return (
    <>
      <ClientBar
        name={facts.name === '' ? t('nameless') : facts.name}
        facts={words}
        actions={
          <>
            <PinButton caseId={view.caseId} />
            <BesideButton />
          </>
        }
        tags={
          <>
            {facts.restraintOnDisclosure && (
              <Tag tone="bad" icon="alert">
                {t('records:restraint')}
              </Tag>
            )}
            <RiskTags view={view} />
            {facts.interpreter && <Tag tone="info">{t('interpreter')}</Tag>}
            {conflicts > 0 && (
              <Tag tone="fork" icon="fork">
                {t('conflicts', { count: conflicts })}
              </Tag>
            )}
            {view.waiting > 0 && <Tag tone="line">{t('waiting', { changes: view.waiting })}</Tag>}
          </>
        }
        present={<PresentPeople caseId={view.caseId} directory={directory} />}
        ground={
          <TextLink onPress={() => setAsksWhy(true)} aria-haspopup="dialog">
            {t([`ground.${key}`, 'ground.team'])}
          </TextLink>
        }
      />
      <GroundDialog view={view} isOpen={asksWhy} onClose={() => setAsksWhy(false)} />
    </>
  );
};
