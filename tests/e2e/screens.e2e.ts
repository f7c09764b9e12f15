import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './world/window.ts';
import { kaisa, startWorld, type Desk, type World } from './world/world.ts';

/**
 * Every screen in the three languages and both themes: nothing that axe finds, no word missing, nothing
 * wider than the window. Tabs are opened by their keys, so that the test speaks every language.
 */

const tabs = ['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5', 'Alt+6', 'Alt+7', 'Alt+8', 'Alt+9'];

const looks = [
  { language: 'Suomi', colorScheme: 'light' },
  { language: 'Svenska', colorScheme: 'light' },
  { language: 'English', colorScheme: 'dark' },
  // At the kitchen table, in the language of the longest words.
  { language: 'Svenska', colorScheme: 'dark', isTouch: true },
] as const;

// Each look is read by a worker of its own, where one is free.
test.describe.configure({ mode: 'parallel' });

let world: World;
let desk: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  desk = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

/** A word that is missing shows its key, such as `panel.hangsOnRemoved` or `secretBecomes`. */
const keyLike = /(?:^|\s)(?:[a-z]+[A-Z][A-Za-z]+|[a-z]+(?:\.[a-zA-Z]{3,})+)(?=\s|$)/u;

const expectSound = async (page: Page, screen: string): Promise<void> => {
  await expectAccessible(page, screen);
  const text = await page.locator('body').innerText();
  expect(keyLike.exec(text)?.[0] ?? null, `${screen}: a word is missing`).toBeNull();
  for (const viewport of [
    { width: 1093, height: 614 },
    { width: 1366, height: 768 },
  ]) {
    await page.setViewportSize(viewport);
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess, `${screen} at ${viewport.width} px`).toBeLessThanOrEqual(0);
  }
};

const enter = async (page: Page): Promise<void> => {
  const login = page.locator('input:not([type=password])');
  if ((await login.count()) > 0) await login.first().fill(kaisa.login);
  await page.locator('input[type=password]').first().fill(kaisa.secret);
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox').waitFor();
};

for (const look of looks) {
  const { language, colorScheme } = look;
  const isTouch = 'isTouch' in look;
  test(`every screen in ${language}, ${colorScheme}${isTouch ? ', touch' : ''}`, async ({
    browser,
  }) => {
    // Every page is read whole by axe.
    test.setTimeout(240_000);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1366, height: 768 },
    });
    const page = await context.newPage();
    await desk.open(page);
    await page.getByText(language, { exact: true }).click();
    await expectSound(page, 'sign-in');
    await enter(page);
    if (isTouch) await page.keyboard.press('Alt+0');
    await expectSound(page, 'my day');
    await page.keyboard.press('Control+2');
    await page.getByRole('grid').waitFor();
    await expectSound(page, 'clients');
    await page.getByRole('searchbox').fill('Kivimetsä');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Aune Kivimetsä' }).waitFor();
    for (const tab of tabs) {
      await page.keyboard.press(tab);
      await expectSound(page, tab);
    }
    await page.keyboard.press('Alt+2');
    await page.getByRole('treegrid').getByText('Kotikuntoutus', { exact: false }).first().click();
    await expectSound(page, 'plan with a row open');
    await page.locator('.plan-bar').getByRole('radio').nth(1).click();
    await page.locator('[data-row=acceptance]').click();
    await expectSound(page, 'parts of the plan');
    await page.keyboard.press('Control+p');
    await page.getByRole('article').waitFor();
    await expectSound(page, 'print of the plan');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    for (const place of ['#/absences', '#/sync', '#/log', '#/settings']) {
      await page.locator(`nav a[href="${place}"]`).click();
      await expectSound(page, place);
    }
    await page.keyboard.press('Control+l');
    await page.locator('input[type=password]').first().waitFor();
    await expectSound(page, 'unlock');
    await context.close();
  });
}
