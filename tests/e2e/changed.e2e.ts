import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, openPlan, selectRow, signIn, unlock, write } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/** What a colleague changed is marked until it has been looked at, for each person alone. */

let world: World;
let kaisasDesk: Desk;
let villesDesk: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  kaisasDesk = await world.startDesk();
  villesDesk = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

const action = 'Kotikuntoutus 2 × viikossa, 12 kertaa';
const changedFilter = (page: Page) => page.getByRole('radio', { name: /^Muuttunut 1/u });
const overview = (page: Page) => page.keyboard.press('Alt+1');

/** Everything of the overall picture stands on the screen: nothing in it is scrolled or cut at the bottom. */
const expectWhole = async (page: Page): Promise<void> => {
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main, .overview, .overview *')]
      .filter((element) => {
        const { overflowY } = getComputedStyle(element);
        return (
          (overflowY === 'auto' || overflowY === 'scroll' || element.classList.contains('card')) &&
          element.scrollHeight > element.clientHeight + 1
        );
      })
      .map((element) => `${element.className}: ${element.scrollHeight} in ${element.clientHeight}`),
  );
  expect(hidden).toEqual([]);
  const bottom = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('.overview .card')].map(
        (card) => card.getBoundingClientRect().bottom,
      ),
    ),
  );
  expect(bottom).toBeLessThanOrEqual(768);
};

test('what others changed since one last looked', async ({ browser }) => {
  test.setTimeout(240_000);
  const kaisas = await (await browser.newContext()).newPage();
  let villes = await (await browser.newContext()).newPage();
  await signIn(kaisas, kaisasDesk, kaisa);
  await openPlan(kaisas, 'Kivimetsä');
  await signIn(villes, villesDesk, ville);
  await openPlan(villes, 'Kivimetsä');

  await test.step('a change by a colleague is marked where it is, one’s own is not', async () => {
    await selectRow(villes, action);
    await write(villes, 'Kuvaus', 'Portaat mukaan kolmannesta kerrasta alkaen.');
    await expect(changedFilter(kaisas)).toBeVisible();
    await expect(changedFilter(villes)).toBeHidden();
    await expectAccessible(kaisas, 'plan with a change');
  });

  await test.step('F7 goes to it', async () => {
    await kaisas.getByRole('row', { name: /Liikkuminen ja koti/u }).click();
    await kaisas.keyboard.press('F7');
    await expect(kaisas.locator('[role=row][aria-selected=true]')).toContainText(action);
  });

  await test.step('the overall picture tells who and when, on one screen', async () => {
    await overview(kaisas);
    const told = kaisas.getByRole('region', { name: 'Minulle tärkeintä' });
    await expect(told.getByText(/Ville Saarela.*Keinon sisältö/u)).toBeVisible();
    await expectAccessible(kaisas, 'overview with a change');
    await expectWhole(kaisas);
  });

  await test.step('looked at, it is no longer new to this person, also after a restart', async () => {
    await kaisas.getByRole('button', { name: 'Katsottu' }).click();
    await expect(kaisas.getByText('Muuttunut viime katsomasi jälkeen')).toBeHidden();
    await expectWhole(kaisas);
    await kaisas.keyboard.press('Alt+2');
    await expect(changedFilter(kaisas)).toBeHidden();
  });

  await test.step('what came while the program was closed is new', async () => {
    await villesDesk.kill();
    await villes.close();
    await selectRow(kaisas, 'Kävely ulkona iltapäiväkäynnillä');
    await write(kaisas, 'Kuvaus', 'Kävelylle joka päivä.');
    await expect(kaisas.getByText('Kaikki tallessa alueella')).toBeVisible();
    await villesDesk.restart();
    villes = await (await browser.newContext()).newPage();
    await unlock(villes, villesDesk, ville.secret);
    await openPlan(villes, 'Kivimetsä');
    await expect(changedFilter(villes)).toBeVisible();
    await villes.getByRole('button', { name: 'Katsottu' }).click();
    await expect(changedFilter(villes)).toBeHidden();
  });

  await test.step('every language fits the screen', async () => {
    for (const language of ['Svenska', 'English']) {
      await kaisas.goto(`${kaisasDesk.url().split('#')[0]}#/settings`);
      await kaisas.getByRole('radio', { name: language }).check({ force: true });
      await kaisas.goBack();
      await overview(kaisas);
      await expect(kaisas.locator('.overview')).toBeVisible();
      await expectWhole(kaisas);
    }
  });
});
