/**
 * Every part in every state, for the eye and for axe. Served in development only:
 * `gallery.html?view=parts&theme=dark&density=touch&language=sv`.
 */
import en from '#resources/locales/en/components.json' with { type: 'json' };
import fi from '#resources/locales/fi/components.json' with { type: 'json' };
import sv from '#resources/locales/sv/components.json' with { type: 'json' };
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import '../styles/index.css';
import './gallery.css';
import { AppFrame, type RailItem } from '../components/app-frame.tsx';
import { SyncSign } from '../components/sync-sign.tsx';
import { ClientsView } from './clients-view.tsx';
import { PartsView } from './parts-view.tsx';
import { PlanView } from './plan-view.tsx';
import { SignInView } from './sign-in-view.tsx';

const asked = new URLSearchParams(location.search);
const view = asked.get('view') ?? 'parts';
const language = asked.get('language') ?? 'fi';

document.documentElement.dataset['theme'] = asked.get('theme') ?? 'light';
document.documentElement.dataset['density'] = asked.get('density') ?? 'desk';
document.documentElement.lang = language;

await i18next.use(initReactI18next).init({
  lng: language,
  fallbackLng: 'fi',
  resources: { fi: { components: fi }, sv: { components: sv }, en: { components: en } },
  interpolation: { escapeValue: false },
});

const items: readonly RailItem[] = [
  { id: 'plan', label: 'Oma päivä', icon: 'day', href: '?view=plan', count: 9 },
  { id: 'clients', label: 'Asiakkaat', icon: 'people', href: '?view=clients' },
  { id: 'parts', label: 'Yhteydenotot', icon: 'inbox', href: '?view=parts', count: 3 },
  { id: 'sign-in', label: 'Neuvottelut', icon: 'conversation', href: '?view=sign-in' },
  { id: 'team', label: 'Tiimi', icon: 'bars', href: '?view=parts' },
  { id: 'sync', label: 'Synkronointi', icon: 'sync', href: '?view=parts', count: 2 },
  { id: 'admin', label: 'Hallinta', icon: 'gear', href: '?view=parts', atFoot: true },
];

const now = Date.UTC(2026, 10, 24, 12, 52);

const framed = (content: ReactNode): ReactNode => (
  <AppFrame
    person={{ name: 'Kaisa Vuorela', profession: 'social-worker', unit: 'Koivurannan tiimi' }}
    items={items}
    current={view}
    sync={
      <SyncSign
        now={now}
        onPress={() => undefined}
        state={
          view === 'plan'
            ? { kind: 'only-here', waiting: 2 }
            : { kind: 'region-has-all', at: now - 120_000 }
        }
      />
    }
    onFind={() => undefined}
    onLock={() => undefined}
  >
    {content}
  </AppFrame>
);

const views: Readonly<Record<string, () => ReactNode>> = {
  parts: () => framed(<PartsView now={now} />),
  plan: () => framed(<PlanView />),
  clients: () => framed(<ClientsView />),
  'sign-in': () => <SignInView />,
};

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <I18nProvider locale={{ fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }[language] ?? 'fi-FI'}>
      {views[view]?.()}
    </I18nProvider>,
  );
}
