import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/lib/assert-never.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { PageHead } from '#renderer/components/page-head.tsx';
import { TabBar } from '#renderer/components/tab-bar.tsx';
import { administrationHref } from '#renderer/store/route.ts';
import { useRegionAnswers } from '../openings/index.ts';
import { ClientsTab } from './clients-tab.tsx';
import { DevicesTab } from './devices-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { RelationsTab } from './relations-tab.tsx';
import { UnitsTab } from './units-tab.tsx';
import './administration.css';

export const administrationTabs = ['people', 'units', 'relations', 'devices', 'clients'] as const;
type Tab = (typeof administrationTabs)[number];

const TabContent = ({ tab }: { readonly tab: Tab }) => {
  switch (tab) {
    case 'people':
      return <PeopleTab />;
    case 'units':
      return <UnitsTab />;
    case 'relations':
      return <RelationsTab />;
    case 'devices':
      return <DevicesTab />;
    case 'clients':
      return <ClientsTab />;
    default:
      return assertNever(tab);
  }
};

/** People, units, relations in bulk, devices: asked of the region, every change logged there. */
export const AdministrationPage = ({ tab }: { readonly tab: string | null }) => {
  const { t } = useTranslation('administration');
  const answers = useRegionAnswers();
  const current = administrationTabs.find((each) => each === tab) ?? 'people';
  const names = {
    people: t('tab.people'),
    units: t('tab.units'),
    relations: t('tab.relations'),
    devices: t('tab.devices'),
    clients: t('tab.clients'),
  };
  return (
    <>
      <PageHead title={t('title')} note={t('note')} />
      <TabBar
        label={t('tabs')}
        current={current}
        items={administrationTabs.map((id) => ({
          id,
          label: names[id],
          href: administrationHref(id),
        }))}
      />
      <div className="page-body administration">
        {!answers && (
          <Banner tone="info" shape="box" icon="offline" announce="polite">
            {t('away')}
          </Banner>
        )}
        <TabContent tab={current} />
      </div>
    </>
  );
};
