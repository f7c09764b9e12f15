import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { openContractClient } from '#renderer/client/index.ts';
import { keepAllDrafts } from '#renderer/store/editing/autosave.ts';
import { followNews, type Schedule } from '#renderer/store/news.ts';
import { preferencesKey, readPreferences } from '#renderer/store/preferences.ts';
import { makeStore } from '#renderer/store/store.ts';
import '../styles/index.css';
import './app.css';
import { App, NoAddress } from './app.tsx';
import { startI18n } from '../words/speak.ts';
import { Look } from './look.tsx';

/** Before the next picture; a window that is not in sight gets no pictures, and a timer does. */
const beforeNextPicture: Schedule = (work) => {
  if (document.hidden) setTimeout(work, 50);
  else requestAnimationFrame(work);
};

const stored = (): string | null => {
  try {
    return localStorage.getItem(preferencesKey);
  } catch {
    return null;
  }
};

const start = async (): Promise<void> => {
  const preferences = readPreferences(stored(), navigator.languages);
  await startI18n(preferences.language);
  const element = document.querySelector('#root');
  if (element === null) return;
  const root = createRoot(element);
  const client = openContractClient(window);
  if (client === null) {
    root.render(<NoAddress />);
    return;
  }
  const store = makeStore(client, preferences);
  followNews(client, store.dispatch, beforeNextPicture);
  addEventListener('pagehide', () => void store.dispatch(keepAllDrafts()));
  root.render(
    <StrictMode>
      <Provider store={store}>
        <Look>
          <App />
        </Look>
      </Provider>
    </StrictMode>,
  );
};

await start();
