import { expect, test, type Locator, type Page } from '@playwright/test';
import { goTo, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/**
 * One asks, the other answers at the place itself, and both work from their own day: by keyboard alone, at
 * two desks, one of them without a network for a while.
 */

const goal = 'Käy saunassa kerran viikossa turvallisesti';
const asked = 'Kirjaatko, miten saunan turvallisuus arvioidaan?';
const askedOffline = 'Voiko saunavuoron siirtää lauantaille?';
const said = 'Kirjasin arvion kuvaukseen.';
const reason = 'Noora Pihl ottaa tämän, olen koulutuksessa joulukuun alussa.';

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

const line = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('treegrid', { name: 'Työlista' }).getByRole('row').filter({ hasText: text });

const planRow = (page: Page, text: string): Locator =>
  page.getByRole('treegrid').getByRole('row').filter({ hasText: text });

const day = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('searchbox', { name: 'Hae työlistalta' })).toBeFocused();
};

/** Types a part of a line, and goes from it to the place itself. */
const goToPlaceOf = async (page: Page, typed: string, text: string): Promise<void> => {
  await day(page);
  await page.keyboard.type(typed);
  await expect(line(page, text)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(line(page, text)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treegrid', { name: 'Tarpeet, tavoitteet ja keinot' })).toBeVisible();
};

const ask = async (page: Page, person: string, text: string): Promise<void> => {
  await goTo(page, 'Shift+Tab', page.getByRole('button', { name: 'Pyydä kollegalta' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Pyydä kollegalta' });
  await expect(dialog.getByRole('combobox', { name: 'Keneltä' })).toBeFocused();
  await page.keyboard.type(person);
  await expect(page.getByRole('option', { name: person })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await goTo(page, 'Tab', dialog.getByRole('textbox', { name: /Kerro omin sanoin/u }));
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
};

test('one asks, the other answers at the place itself', async ({ browser }) => {
  test.setTimeout(300_000);
  const kaisas = await (await browser.newContext()).newPage();
  const villes = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
  await signInByKeys(kaisas, kaisasDesk, kaisa);
  await signInByKeys(villes, villesDesk, ville);
  await day(kaisas);
  await day(villes);

  await test.step('the day says what waits, also what is late, and where it is', async () => {
    await expect(line(kaisas, 'Kirjaisitko painon tavoitteen perusteen')).toContainText('myöhässä');
    await expect(line(kaisas, 'Aune ei halua lääkeautomaattia kotiin')).toContainText('odottaa');
    await expect(kaisas.getByRole('link', { name: /^Oma päivä\s*\d/u })).toBeVisible();
    await expectAccessible(kaisas, 'my day, light');
    await expectAccessible(villes, 'my day, dark');
    await goToPlaceOf(kaisas, 'painon tav', 'Kirjaisitko painon tavoitteen perusteen');
    await expect(planRow(kaisas, 'Paino vähintään 54,0 kg')).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(planRow(kaisas, 'Paino vähintään 54,0 kg')).toContainText('Pyyntö myöhässä');
  });

  await test.step('Kaisa asks Ville for a part at its place', async () => {
    await expect(planRow(kaisas, 'Paino vähintään 54,0 kg')).toBeFocused();
    for (let step = 0; step < 20; step += 1) {
      if ((await planRow(kaisas, goal).getAttribute('aria-selected')) === 'true') break;
      await kaisas.keyboard.press('ArrowUp');
    }
    await expect(planRow(kaisas, goal)).toBeFocused();
    await ask(kaisas, 'Ville Saarela', asked);
    await expect(planRow(kaisas, goal)).toContainText('Pyyntö odottaa');
    await expect(kaisas.getByRole('region', { name: 'Pyynnöt' })).toContainText(asked);
    await expectAccessible(kaisas, 'plan with a request');
  });

  await test.step('Ville goes there from his day, fills in his part and answers', async () => {
    await goToPlaceOf(villes, 'saunan turv', asked);
    await expect(planRow(villes, goal)).toHaveAttribute('aria-selected', 'true');
    await expect(planRow(villes, goal)).toBeFocused();
    await villes.keyboard.press('F2');
    await goTo(villes, 'Tab', villes.getByRole('textbox', { name: 'Kuvaus', exact: true }));
    await villes.keyboard.press('Control+a');
    await villes.keyboard.type('Arvioidaan Bergin asteikolla kuukausittain.');
    await villes.keyboard.press('Control+Enter');
    const answer = villes.getByRole('textbox', { name: 'Vastaus', exact: true });
    await goTo(villes, 'Shift+Tab', answer);
    await expectAccessible(villes, 'plan where an answer is asked, dark');
    await villes.keyboard.type(said);
    await villes.keyboard.press('Control+Enter');
    await expect(answer).toBeHidden();
  });

  await test.step('Kaisa sees the answer in her day, reads it there and acknowledges it', async () => {
    await goToPlaceOf(kaisas, 'kirjasin arv', said);
    const requests = kaisas.getByRole('region', { name: 'Pyynnöt' });
    await expect(requests).toContainText(said);
    await expect(kaisas.getByRole('textbox', { name: 'Kuvaus', exact: true })).toHaveValue(
      'Arvioidaan Bergin asteikolla kuukausittain.',
    );
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Kuittaa luetuksi' }));
    await kaisas.keyboard.press('Enter');
    await expect(kaisas.getByRole('button', { name: 'Kuittaa luetuksi' })).toBeHidden();
    await day(kaisas);
    await expect(line(kaisas, 'Aune ei halua lääkeautomaattia kotiin')).toBeVisible();
    await expect(line(kaisas, said)).toBeHidden();
  });

  await test.step('Ville cannot take another one, and says why', async () => {
    await goToPlaceOf(villes, 'miten kävely', 'Täyttäisitkö, miten kävely on edennyt');
    await goTo(villes, 'Tab', villes.getByRole('radio', { name: 'Vastaa', exact: true }));
    await villes.keyboard.press('ArrowRight');
    await villes.keyboard.press('ArrowRight');
    await villes.keyboard.press(' ');
    const why = villes.getByRole('textbox', { name: 'Miksi et voi ottaa?' });
    await goTo(villes, 'Tab', why);
    await villes.keyboard.press('Control+Enter');
    await expect(why).toHaveAttribute('aria-invalid', 'true');
    await villes.keyboard.type(reason);
    await villes.keyboard.press('Control+Enter');
    await expect(why).toBeHidden();
    await expect(line(kaisas, reason)).toContainText('ei voi ottaa');
  });

  await test.step('what is asked without a network is told when it comes back', async () => {
    await goToPlaceOf(kaisas, 'painon tav', 'Kirjaisitko painon tavoitteen perusteen');
    kaisasDesk.line.cut();
    await expect(planRow(kaisas, 'Paino vähintään 54,0 kg')).toBeFocused();
    await ask(kaisas, 'Ville Saarela', askedOffline);
    await expect(kaisas.getByRole('region', { name: 'Pyynnöt' })).toContainText(askedOffline);
    await expect(kaisas.getByText(/odottaa lähetystä/u).first()).toBeVisible();
    await day(villes);
    await expect(line(villes, askedOffline)).toBeHidden();
    kaisasDesk.line.mend();
    await expect(line(villes, askedOffline)).toContainText('odottaa', { timeout: 90_000 });
  });

  await test.step('each look at a client is logged', async () => {
    await world.expectLooksLogged();
  });
});
