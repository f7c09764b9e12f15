import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../tests/browser.ts';
import {
  accountOf,
  kaisa,
  startWorld,
  ville,
  type Desk,
  type World,
} from '../tests/e2e/world/world.ts';
import { say } from './launch/report.ts';
import { ensureWindow } from './launch/window-build.ts';

/**
 * `npm run screenshots [-- --all]`: pictures of the screens into docs/images, from the real program over a
 * demo region in which one goal has two versions. Finnish in light and dark, and the plan in the other
 * languages; with `--all` every screen in every language and theme.
 */
const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });

const folder = path.resolve(import.meta.dirname, '../docs/images');
const languages = { fi: 'Suomi', sv: 'Svenska', en: 'English' } as const;
type Language = keyof typeof languages;
type Theme = 'light' | 'dark';

const screens = [
  'sign-in',
  'day',
  'clients',
  'overview',
  'plan',
  'goal',
  'print',
  'parts',
  'conflict',
  'team',
  'permissions',
  'who-sees',
  'notes',
  'log',
  'history',
  'visit',
  'visit-touch',
  'sync',
];

const isWanted = (screen: string, language: Language, theme: Theme): boolean =>
  values.all ||
  (language === 'fi' && theme === 'light') ||
  (language === 'fi' && screen === 'overview') ||
  (theme === 'light' && screen === 'plan');

const jenna = accountOf('jenna.huttula');

/** Why the log is read, which it asks first. */
const logRequest: Readonly<Record<Language, string>> = {
  fi: 'Asiakkaan pyyntö',
  sv: 'Klientens begäran',
  en: 'The client’s request',
};

const goal = 'Käy saunassa kerran viikossa turvallisesti';

/** Fields are found by their place on the page, so that the script speaks every language. */
const signIn = async (
  page: Page,
  account: { readonly login: string; readonly secret: string },
): Promise<void> => {
  const secret = page.locator('input[type=password]').first();
  await secret.waitFor();
  // A desk that knows the person asks for the secret alone.
  const login = page.locator('input:not([type=password])');
  if ((await login.count()) > 0) await login.first().fill(account.login);
  await secret.fill(account.secret);
  await page.keyboard.press('Enter');
  await page.locator('[role=treegrid]').waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('grid').waitFor();
};

const openClient = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('searchbox').fill(name);
  await page.locator('[role=grid][aria-rowcount="2"]').waitFor();
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/** One goal gets two versions: each desk writes while the other's line is cut. */
const makeConflict = async (browser: Browser, desks: readonly Desk[]): Promise<void> => {
  const people = [
    { account: kaisa, words: 'Käy lauantaisin saunassa tyttären kanssa' },
    { account: ville, words: 'Käy saunassa istuen, enintään 15 minuuttia' },
  ];
  const pages: Page[] = [];
  for (const [index, { account }] of people.entries()) {
    const page = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
    await page.goto(desks[index]?.url() ?? '');
    await signIn(page, account);
    await openClient(page, 'Kivimetsä');
    await page.keyboard.press('Alt+2');
    await page.getByRole('treegrid').getByText(goal).click();
    pages.push(page);
  }
  for (const desk of desks) desk.line.cut();
  for (const [index, { words }] of people.entries()) {
    const box = pages[index]?.getByRole('textbox', { name: 'Tavoite', exact: true });
    await box?.fill(words);
    await box?.press('Control+Enter');
  }
  for (const desk of desks) desk.line.mend();
  for (const page of pages) {
    await page
      .getByRole('treegrid')
      .getByText(/2 versiota/u)
      .waitFor({ timeout: 90_000 });
    await page.keyboard.press('Control+l');
    await page.locator('input[type=password]').first().waitFor();
    await page.context().close();
  }
};

type Picture = (screen: string, place?: string) => Promise<void>;

/** A window of the size of the pictures, and what takes one of it. */
const openWindow = async (
  browser: Browser,
  language: Language,
  theme: Theme,
): Promise<{ readonly page: Page; readonly picture: Picture }> => {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    colorScheme: theme,
    locale: 'fi-FI',
    timezoneId: 'Europe/Helsinki',
  });
  const page = await context.newPage();
  const picture: Picture = async (screen, place) => {
    if (!isWanted(screen, language, theme)) return;
    if (place !== undefined) await page.locator(`a[aria-current][href*="${place}"]`).waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({
      path: path.join(folder, `${language}-${screen}-${theme}.png`),
      animations: 'disabled',
    });
    say(`${language}-${screen}-${theme}.png`);
  };
  return { page, picture };
};

/** A home visit as whoever makes it sees it, at a desk and at the kitchen table. */
const takeVisit = async (
  browser: Browser,
  desk: Desk,
  language: Language,
  theme: Theme,
): Promise<void> => {
  const { page, picture } = await openWindow(browser, language, theme);
  await page.goto(desk.url());
  await page.getByText(languages[language], { exact: true }).click();
  await signIn(page, jenna);
  await openClient(page, 'Kivimetsä');
  await page.keyboard.press('Alt+9');
  await picture('visit', '/visit');
  await page.keyboard.press('Alt+0');
  await picture('visit-touch', '/visit');
  await page.keyboard.press('Control+l');
  await page.context().close();
};

const takePictures = async (
  browser: Browser,
  desk: Desk,
  language: Language,
  theme: Theme,
): Promise<void> => {
  const { page, picture } = await openWindow(browser, language, theme);
  await page.goto(desk.url());
  await page.getByText(languages[language], { exact: true }).click();
  await picture('sign-in');
  await page.locator('input[type=password]').first().fill(kaisa.secret);
  await page.keyboard.press('Enter');
  await page.locator('[role=treegrid]').waitFor();
  await picture('day');
  await page.keyboard.press('Control+2');
  await page.getByRole('grid').waitFor();
  await picture('clients');
  await openClient(page, 'Kivimetsä');
  await picture('overview');
  await page.keyboard.press('Alt+2');
  await page.getByRole('treegrid').waitFor();
  await page.getByRole('treegrid').getByText('Kotikuntoutus', { exact: false }).first().click();
  await picture('plan');
  await page.getByRole('treegrid').getByText('Kävelee rollaattorilla', { exact: false }).click();
  await picture('goal');
  await page.keyboard.press('Control+p');
  await page.getByRole('article').waitFor();
  await picture('print');
  await page.keyboard.press('Alt+2');
  await page.getByRole('treegrid').waitFor();
  await page.locator('.plan-bar').getByRole('radio').nth(1).click();
  await page.locator('[data-row=acceptance]').click();
  await picture('parts');
  await page.locator('.plan-bar').getByRole('radio').first().click();
  await page
    .getByRole('treegrid')
    .getByText(/^2 (versiota|versioner|versions)$/u)
    .click();
  await page.locator('a[href*="settle"]').first().click();
  await picture('conflict');
  await page.keyboard.press('Alt+3');
  await picture('team', '/team');
  await page.keyboard.press('Alt+4');
  await picture('permissions', '/permissions');
  await page.getByRole('radio').nth(1).click();
  await page.getByRole('grid').waitFor();
  await picture('who-sees');
  await page.keyboard.press('Alt+5');
  await picture('notes', '/notes');
  await page.keyboard.press('Alt+7');
  await page.getByRole('textbox').first().fill(logRequest[language]);
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
  await picture('log', '/log');
  await page.keyboard.press('Alt+8');
  await page.getByRole('article').first().waitFor();
  await picture('history', '/history');
  await page.locator('nav a[href="#/sync"]').click();
  await picture('sync', '#/sync');
  await page.keyboard.press('Control+l');
  await page.context().close();
};

const takeAll = async (world: World): Promise<void> => {
  const { executablePath, chromiumSandbox, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, chromiumSandbox, env });
  try {
    const desks = [await world.startDesk(), await world.startDesk()];
    await makeConflict(browser, desks);
    const [desk] = desks;
    if (!desk) return;
    const visitor = await world.startDesk();
    for (const language of Object.keys(languages) as Language[]) {
      for (const theme of ['light', 'dark'] as const) {
        if (screens.some((screen) => isWanted(screen, language, theme))) {
          await takePictures(browser, desk, language, theme);
          await takeVisit(browser, visitor, language, theme);
        }
      }
    }
  } finally {
    await browser.close();
  }
};

fs.mkdirSync(folder, { recursive: true });
await ensureWindow();
const world = await startWorld(40);
try {
  await takeAll(world);
} finally {
  await world.end();
}
