import { expect, test, type Locator, type Page } from '@playwright/test';
import { goTo, openPlanByKeys, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { accountOf, startWorld, ville, type Desk, type World } from './world/world.ts';

/**
 * Goals by their levels: described, rated in more than one view, and rated at two desks at once without a
 * network. By keyboard alone.
 */

let world: World;
let villesDesk: Desk;
let nursesDesk: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  villesDesk = await world.startDesk();
  nursesDesk = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

const rowOf = (page: Page, text: string): Locator => page.getByRole('row', { name: text });

const undescribed = 'Sarilla kaksi vapaata viikonloppua kuussa';
const walking = 'Kävelee rollaattorilla postilaatikolle';

const take = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PUNOS_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

const ratings = (page: Page): Locator =>
  page.getByRole('region', { name: 'Tavoitteen taso (GAS)' });

/** Rates the goal whose panel is open. */
const rate = async (page: Page, level: string, view: string, comment: string): Promise<void> => {
  await goTo(page, 'Shift+Tab', ratings(page).getByRole('button', { name: 'Arvioi' }));
  await page.keyboard.press('Enter');
  await goTo(page, 'Tab', page.getByRole('radio', { name: /^\+2/u }));
  while (!(await page.getByRole('radio', { name: level }).isChecked())) {
    await page.keyboard.press('ArrowDown');
  }
  await goTo(page, 'Tab', page.getByRole('radio', { name: 'asiakkaan', exact: true }));
  while (!(await page.getByRole('radio', { name: view, exact: true }).isChecked())) {
    await page.keyboard.press('Space');
    if (await page.getByRole('radio', { name: view, exact: true }).isChecked()) break;
    await page.keyboard.press('ArrowRight');
  }
  await goTo(page, 'Tab', ratings(page).getByRole('textbox', { name: 'Mihin arvio perustuu' }));
  await page.keyboard.type(comment);
  await page.keyboard.press('Control+Enter');
  await expect(ratings(page).getByRole('textbox', { name: 'Mihin arvio perustuu' })).toBeHidden();
};

test('goals are described, rated and rated at once', async ({ browser }) => {
  test.setTimeout(300_000);
  const villes = await (await browser.newContext()).newPage();
  const nurses = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
  await signInByKeys(villes, villesDesk, ville);
  await signInByKeys(nurses, nursesDesk, accountOf('jenna.huttula'));
  await openPlanByKeys(villes, 'kivimetsä');
  await openPlanByKeys(nurses, 'kivimetsä');

  await test.step('the plan says where each goal is, and which has no measure', async () => {
    await expect(
      rowOf(villes, walking).getByRole('img', { name: 'GAS nyt −1, edellinen −2, tavoite 0' }),
    ).toBeVisible();
    await expect(rowOf(villes, undescribed)).toContainText('ei mittaria');
    await take(villes, 'goals-plan');
    await expectAccessible(villes, 'plan with levels');
  });

  await test.step('the levels of a goal are described', async () => {
    await goTo(villes, 'ArrowDown', rowOf(villes, undescribed));
    await villes.keyboard.press('F2');
    for (const [level, text] of [
      ['+2 Paljon odotettua parempi', 'Neljä viikonloppua'],
      ['+1 Odotettua parempi', 'Kolme viikonloppua'],
      ['0 Tavoiteltu tulos', 'Kaksi viikonloppua'],
      ['−1 Odotettua huonompi', 'Yksi viikonloppu'],
      ['−2 Paljon odotettua huonompi', 'Ei yhtään'],
    ] as const) {
      await goTo(villes, 'Tab', villes.getByRole('textbox', { name: level, exact: true }));
      await villes.keyboard.type(text);
    }
    await villes.keyboard.press('Control+Enter');
    await expect(rowOf(villes, undescribed)).not.toContainText('ei mittaria');
    await expect(
      ratings(villes).getByRole('row', { name: /^0 Kaksi viikonloppua/u }),
    ).toBeVisible();
  });

  await test.step('and it is rated as the client sees it and as a professional does', async () => {
    await rate(villes, '−2 Ei yhtään', 'asiakkaan', 'Sari: ei vielä yhtään vapaata.');
    await expect(
      ratings(villes).getByRole('row', { name: /^−2 Ei yhtään asiakas/u }),
    ).toBeVisible();
    await rate(villes, '−1 Yksi viikonloppu', 'ammattilaisen', 'Yksi viikonloppu sovittu.');
    await expect(
      ratings(villes).getByRole('row', { name: /^−1 Yksi viikonloppu ammattilainen/u }),
    ).toBeVisible();
    await expect(
      rowOf(villes, undescribed).getByRole('img', { name: 'GAS nyt −1, edellinen −2, tavoite 0' }),
    ).toBeVisible();
    await expect(rowOf(villes, undescribed)).toContainText('parempi');
    await take(villes, 'goals-rated');
    await expectAccessible(villes, 'a rated goal');
  });

  await test.step('two rate the same goal apart from each other, and both ratings stay', async () => {
    await expect(rowOf(nurses, undescribed)).toContainText('parempi', { timeout: 60_000 });
    villesDesk.line.cut();
    nursesDesk.line.cut();
    await goTo(nurses, 'ArrowDown', rowOf(nurses, undescribed));
    await nurses.keyboard.press('F2');
    await rate(nurses, '0 Kaksi viikonloppua', 'yhdessä sovittu', 'Kalenterissa on nyt kaksi.');
    await rate(villes, '−2 Ei yhtään', 'ammattilaisen', 'Viikonloppu peruuntui.');
    villesDesk.line.mend();
    nursesDesk.line.mend();
    for (const page of [villes, nurses]) {
      await expect(ratings(page).getByText('4 arviota')).toBeVisible({ timeout: 90_000 });
      await expect(page.getByText(/2 versiota/u)).toBeHidden();
    }
    await take(nurses, 'goals-dark');
    await expectAccessible(nurses, 'a rated goal, dark');
  });

  await test.step('the overall picture tells the levels and the score', async () => {
    await villes.keyboard.press('Alt+1');
    await expect(villes.getByRole('link', { name: /^GAS-tulos T \d\d,\d$/u })).toBeVisible();
    await take(villes, 'goals-overview');
    await expectAccessible(villes, 'overview with levels');
  });
});
