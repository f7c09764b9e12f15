import { expect, test, type Page } from '@playwright/test';
import { startLossyProxy, type LossyProxy } from '../story/lossy-proxy.ts';
import { expectAccessible, openPlan, selectRow, signIn, write } from './world/window.ts';
import { kaisa, startWorld, type Desk, type World } from './world/world.ts';

/** What a person sees when something cannot be read, does not go out, or would remove much at once. */

let world: World;
let proxy: LossyProxy;
let desk: Desk;
let other: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  proxy = await startLossyProxy(world.regionPort);
  desk = await world.startDesk(Number(new URL(proxy.url).port));
  other = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
  await proxy.close();
});

type WirePage = {
  changes: { change: Record<string, unknown> }[];
  entered: { caseId: string; compartment: string }[];
  left: { caseId: string; compartment: string }[];
};

/** Keeps what entered, for a falsified page to take away. */
const entered: WirePage['entered'] = [];

const falsify =
  (alter: (page: WirePage) => void) =>
  (path: string, answer: string): string | null => {
    if (path !== '/v1/pull') return null;
    const page = JSON.parse(answer) as WirePage;
    if (!Array.isArray(page.changes)) return null;
    alter(page);
    return JSON.stringify(page);
  };

/** The page as it looks in each language, in both themes. */
const looks = [
  { language: 'fi', colorScheme: 'light' },
  { language: 'sv', colorScheme: 'dark' },
  { language: 'en', colorScheme: 'light' },
] as const;

const expectInEveryLook = async (page: Page, name: string): Promise<void> => {
  for (const { language, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(
      (chosen) => localStorage.setItem('punos.preferences', JSON.stringify(chosen)),
      { language, theme: 'system', density: 'desk' },
    );
    await page.reload();
    await expect(page.locator('.sync-headline')).toBeVisible();
    await expectAccessible(page, `${name} ${language}`);
    await page.screenshot({ path: `test-results/${name}-${language}-${colorScheme}.png` });
  }
  await page.evaluate(() =>
    localStorage.setItem('punos.preferences', JSON.stringify({ language: 'fi', theme: 'system' })),
  );
  await page.emulateMedia({ colorScheme: 'light' });
  await page.reload();
};

test('a change that cannot be read, words that do not go out, and a stopped fetch', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  proxy.alter(falsify((page) => void entered.push(...page.entered)));
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(page, desk, kaisa);
  await signIn(elsewhere, other, kaisa);

  // A colleague's change comes spoilt.
  proxy.alter(
    falsify(({ changes }) => {
      for (const { change } of changes) {
        if (JSON.stringify(change['value']).includes('Ei luettavissa')) change['time'] = 'eilen';
      }
    }),
  );
  await openPlan(elsewhere, 'Kivimetsä');
  await selectRow(elsewhere, 'Kävely ulkona iltapäiväkäynnillä');
  await write(elsewhere, 'Kuvaus', 'Ei luettavissa.');
  await expect(elsewhere.getByText('Kaikki tallessa alueella')).toBeVisible();
  await openPlan(page, 'Kivimetsä');
  await expect(page.getByText('Jotakin tästä asiakkaasta ei voitu lukea.')).toBeVisible({
    timeout: 60_000,
  });
  await selectRow(page, 'Kävely ulkona iltapäiväkäynnillä');
  await expect(page.getByText('Tähän kohtaan on tullut muutos')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Kuvaus', exact: true })).toBeDisabled();
  await page.screenshot({ path: 'test-results/unread-plan-fi-light.png' });
  await expectAccessible(page, 'plan with an unread change');

  // Own words over which the server fails.
  proxy.decide((path) => (path === '/v1/push' ? 'error-500' : 'pass'));
  await selectRow(page, 'Pesutuoli ja liukueste saunaan');
  await write(page, 'Kuvaus', 'Omat sanani, jotka eivät lähde.');
  await page.getByRole('link', { name: 'Synkronointi' }).click();
  const card = page.getByRole('region', { name: 'Siirretty sivuun' });
  await expect(card).toContainText('Omat sanani', { timeout: 60_000 });
  await expectInEveryLook(page, 'set-aside');
  await card.getByRole('button', { name: 'Kopioi teksti' }).press('Enter');
  await expect(card.getByText('Teksti on leikepöydällä.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Omat sanani');
  proxy.decide(() => 'pass');
  await card.getByRole('button', { name: 'Yritä uudelleen' }).press('Enter');
  await expect(card.getByText('Uutta ei saatu vielä luettua.')).toBeVisible();
  await expect(card).not.toContainText('Omat sanani', { timeout: 60_000 });

  // A falsified page that takes everybody away.
  proxy.alter(falsify((answer) => void (answer.left = entered)));
  await page.getByRole('button', { name: 'Synkronoi nyt' }).click();
  const brake = page.getByRole('region', { name: 'Haku on pysäytetty' });
  await expect(brake).toBeVisible({ timeout: 60_000 });
  await brake.getByText('Näytä poistettavat').press('Enter');
  await expect(brake.getByRole('link').first()).toBeVisible();
  await expectInEveryLook(page, 'brake');
  await brake.getByRole('button', { name: 'Ota poistot vastaan…' }).press('Enter');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.screenshot({ path: 'test-results/brake-question-fi.png' });
  await expectAccessible(page, 'the question of the brake');
  await page.keyboard.press('Escape');
  await brake.getByRole('button', { name: 'Odota' }).press('Enter');
  await expect(brake.getByText('Valitsit odottamisen.')).toBeVisible();
  proxy.alter(() => null);
  await page.getByRole('button', { name: 'Synkronoi nyt' }).click();
  await expect(brake).toBeHidden({ timeout: 60_000 });
});
