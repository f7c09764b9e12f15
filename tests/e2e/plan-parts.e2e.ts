import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible, openPlan, signIn } from './world/window.ts';
import { kaisa, startWorld, type World } from './world/world.ts';

/** The plan, whole: what the law asks of it besides needs and goals, read and written by keyboard. */

let world: World;

test.beforeAll(async () => {
  world = await startWorld();
});

test.afterAll(async () => {
  await world.end();
});

const take = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PUNOS_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

const rowOf = (page: Page, text: string | RegExp): Locator => page.getByRole('row', { name: text });

/** Goes down from where the focus is until that row has it. */
const goDownTo = async (page: Page, row: Locator): Promise<void> => {
  await expect(row).toBeVisible();
  for (let step = 0; step < 60; step += 1) {
    if (await row.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('ArrowDown');
  }
  await expect(row).toBeFocused();
};

const field = (page: Page, name: string): Locator =>
  page.getByRole('textbox', { name, exact: true });

test('the parts of a plan', async ({ page }) => {
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä Aune');

  await test.step('the second view lists every part with its writer and what is missing', async () => {
    await expect(page.getByText('hyväksyntä puuttuu')).toBeVisible();
    await take(page, 'plan-goals');
    const views = page.getByRole('radiogroup', { name: 'Suunnitelman näkymä' });
    await views.getByRole('radio', { name: 'Tavoitteet' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(page.getByRole('treegrid', { name: 'Suunnitelman osat' })).toBeVisible();
    await expect(rowOf(page, 'Terveys ja toimintakyky')).toContainText('Ville Saarela');
    await expect(rowOf(page, 'Arvio asiakkuuden kestosta')).toContainText('puuttuu');
    await expect(rowOf(page, /^Sari Kivimetsä/u)).toContainText('Yöajan turvallisuus');
    await take(page, 'parts');
    await expectAccessible(page, 'parts of the plan');
  });

  await test.step('F2 goes to the field, which says what belongs there and on what ground', async () => {
    await rowOf(page, 'Minulle tärkeintä').focus();
    await goDownTo(page, rowOf(page, 'Arvio asiakkuuden kestosta'));
    await page.keyboard.press('F2');
    const duration = field(page, 'Arvio sanoin');
    await expect(duration).toBeFocused();
    await expect(duration).toHaveAccessibleDescription(/Kuinka kauan asiakkuuden/u);
    await expect(
      page.getByRole('button', { name: /Sosiaalihuoltolaki \(1301\/2014\) 39 §/u }),
    ).toBeVisible();
    await page.keyboard.type('Toistaiseksi, arvioidaan keväällä');
    await page.keyboard.press('Control+Enter');
    await expect(rowOf(page, 'Arvio asiakkuuden kestosta')).toContainText('kirjoitettu');
    await take(page, 'parts-written');
    await page.keyboard.press('Escape');
    await expect(rowOf(page, 'Arvio asiakkuuden kestosta')).toBeFocused();
  });

  await test.step('F8 goes to the next gap: the client’s acceptance, which asks for its day', async () => {
    await page.keyboard.press('F8');
    const acceptance = rowOf(page, 'Asiakkaan hyväksyntä');
    await expect(acceptance).toHaveAttribute('aria-selected', 'true');
    await expect(acceptance).toBeFocused();
    await page.keyboard.press('F2');
    const panel = page.getByRole('complementary', { name: 'Asiakkaan hyväksyntä' });
    await panel.getByRole('button', { name: /Asiakas/u }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await field(page, 'Asiakkaan sanoin').focus();
    await page.keyboard.type('Hyvä näin. Aamukäynti ennen yhdeksää.');
    await page.keyboard.press('Control+Enter');
    await expect(panel.getByText('Täytä tämä.')).toBeVisible();
    await take(page, 'parts-acceptance');
    await expectAccessible(page, 'acceptance without a day');
    await panel.locator('[data-field=date]').getByRole('spinbutton').first().focus();
    await page.keyboard.type('26112026');
    await page.keyboard.press('Control+Enter');
    await expect(acceptance).toContainText('kirjoitettu');
    await page.keyboard.press('Escape');
    await expect(acceptance).toBeFocused();
  });

  await test.step('N under dissenting views records one, which stays', async () => {
    await goDownTo(page, rowOf(page, /^Eriävät näkemykset/u));
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Uusi eriävä näkemys' });
    await expect(dialog.getByLabel('Nimi')).toBeFocused();
    await page.keyboard.type('Aune Kivimetsä');
    await dialog.getByLabel('Mitä kohtaa näkemys koskee').fill('Ateriapalvelu');
    await dialog.getByLabel('Näkemys', { exact: true }).fill('Ruoka on liian suolatonta.');
    await take(page, 'parts-dissent');
    await expectAccessible(page, 'a new dissenting view');
    await page.keyboard.press('Control+Enter');
    const view = rowOf(page, /^Aune Kivimetsä/u);
    await expect(view).toBeFocused();
    await expect(view).toContainText('Ruoka on liian suolatonta.');
    await page.keyboard.press('F2');
    await expect(page.getByRole('button', { name: 'Poista…' })).toHaveCount(0);
    await page.keyboard.press('Escape');
  });
});

test('the track of a plan, its history and its words', async ({ page }) => {
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä Aune');
  await page.getByRole('radio', { name: 'Suunnitelman osat' }).click();
  await rowOf(page, 'Minulle tärkeintä').focus();

  await test.step('a change of track keeps the plan and asks for other parts', async () => {
    await expect(page.getByText('Osat polun mukaan: Iäkkäät')).toBeVisible();
    await goDownTo(page, rowOf(page, /^Kulku/u));
    await page.keyboard.press('F2');
    const track = page.getByRole('button', { name: /Asiakaspolku/u });
    await track.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Lapset, nuoret ja perheet' }).press('Enter');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Osat polun mukaan: Lapset, nuoret ja perheet')).toBeVisible();
    await expect(rowOf(page, 'Asiat ja olosuhteet, joihin pyritään vaikuttamaan')).toContainText(
      'puuttuu',
    );
    await expect(rowOf(page, 'Terveys ja toimintakyky')).toContainText('Kävelee rollaattorilla');
    await take(page, 'parts-other-track');
  });

  await test.step('history tells a part in words, and search finds it', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await goDownTo(page, rowOf(page, 'Sovitut jatkotoimet'));
    await page.keyboard.press('h');
    await expect(page.getByRole('article').first()).toContainText('Sovitut jatkotoimet');
    await expect(page.getByRole('article').first()).toContainText('muistipoliklinikan ajan');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('searchbox').fill('turvaranneke ei yksin');
    await expect(page.getByRole('dialog')).toContainText('Eriävä näkemys');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await expect(rowOf(page, /^Sari Kivimetsä/u)).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('every look of it stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});
