import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo, signInByKeys } from './world/keys.ts';
import { checkCharacterFor } from '#shared/domain/personal-identity-code.ts';
import { expectAccessible } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/**
 * A shared plan from nothing to paper: a team of several professions, what it rests on, each one's own part,
 * the gaps, what the client says of it, and the print in two languages. By keyboard alone.
 */

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

const rowOf = (page: Page, text: string | RegExp): Locator => page.getByRole('row', { name: text });

const asked = 'Arvioisitko kävelyn ja ehdottaisit harjoittelun?';

/** Opens the dialog behind a button by keys. */
const openDialog = async (page: Page, button: string, title: string | RegExp) => {
  await goTo(page, 'Tab', page.getByRole('button', { name: button, exact: true }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toBeVisible();
  return dialog;
};

/** Types into a field that offers people, and takes the one who was meant. */
const choose = async (page: Page, field: Locator, name: string): Promise<void> => {
  await goTo(page, 'Tab', field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(new RegExp(name, 'u'));
};

/** A new row by N or its button: its dialog takes the name. */
const typeNew = async (page: Page, text: string): Promise<void> => {
  await expectFocus(page.getByRole('dialog').getByRole('textbox').first());
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await expectFocus(rowOf(page, text));
};

test('a shared plan is put together by several professions', async ({ browser }) => {
  test.setTimeout(300_000);
  const kaisas = await (await browser.newContext()).newPage();
  const villes = await (await browser.newContext()).newPage();
  await signInByKeys(kaisas, kaisasDesk, kaisa);
  await signInByKeys(villes, villesDesk, ville);

  await test.step('the own worker begins a plan', async () => {
    await goTo(kaisas, 'Shift+Tab', kaisas.getByRole('button', { name: 'Uusi asiakas' }));
    await kaisas.keyboard.press('Enter');
    await expectFocus(kaisas.getByRole('dialog').getByLabel('Sukunimi'));
    await kaisas.keyboard.type('Harjula');
    await kaisas.keyboard.press('Tab');
    await kaisas.keyboard.type('Kaarlo');
    await goTo(kaisas, 'Tab', kaisas.getByRole('textbox', { name: 'Henkilötunnus' }));
    await kaisas.keyboard.type(`120548-911${checkCharacterFor('120548', '911')}`);
    await kaisas.keyboard.press('Enter');
    await expect(kaisas.getByRole('heading', { level: 1, name: 'Kaarlo Harjula' })).toBeVisible();
    await expect(kaisas.getByText('Ei vielä tarpeita')).toBeVisible();
  });

  await test.step('invites three professions into the team', async () => {
    await kaisas.keyboard.press('Alt+3');
    for (const name of ['Antti Rautakoski', 'Ville Saarela', 'Jenna Huttula']) {
      const dialog = await openDialog(kaisas, 'Lisää jäsen', 'Lisää tiimiin');
      await choose(kaisas, dialog.getByRole('combobox', { name: 'Ammattihenkilö' }), name);
      await goTo(kaisas, 'Tab', dialog.getByRole('button', { name: 'Lisää', exact: true }));
      await kaisas.keyboard.press('Enter');
      await expect(dialog).toBeHidden();
      await expect(rowOf(kaisas, name)).toBeVisible();
    }
    await expectAccessible(kaisas, 'a team of four');
  });

  await test.step('records what the plan rests on', async () => {
    await kaisas.keyboard.press('Alt+4');
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Kirjaa uusi' }).first());
    await kaisas.keyboard.press('Enter');
    await kaisas.keyboard.press('Enter');
    const dialog = kaisas.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await goTo(kaisas, 'Tab', dialog.getByRole('textbox', { name: 'Palvelun nimi' }));
    await kaisas.keyboard.type('Kotona asumisen tuki');
    for (const part of ['Iäkkäiden palvelut', 'Vastaanottopalvelut', 'Kuntoutus']) {
      await goTo(kaisas, 'Tab', dialog.getByRole('checkbox', { name: part }));
      await kaisas.keyboard.press('Space');
    }
    await kaisas.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(kaisas.getByText('Kotona asumisen tuki')).toBeVisible();
  });

  await test.step('writes a need and a goal, and asks for another part at its place', async () => {
    await kaisas.keyboard.press('Alt+2');
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Lisää tarve' }).first());
    await kaisas.keyboard.press('Enter');
    await typeNew(kaisas, 'Kävely ja liikkuminen ulkona');
    await kaisas.keyboard.press('n');
    await typeNew(kaisas, 'Käy torilla kerran viikossa');
    await goTo(kaisas, 'Shift+Tab', kaisas.getByRole('button', { name: 'Pyydä kollegalta' }));
    await kaisas.keyboard.press('Enter');
    const dialog = kaisas.getByRole('dialog', { name: 'Pyydä kollegalta' });
    await expect(dialog.getByRole('combobox', { name: 'Keneltä' })).toBeFocused();
    await kaisas.keyboard.type('Ville');
    await expect(kaisas.getByRole('option', { name: 'Ville Saarela' })).toBeVisible();
    await kaisas.keyboard.press('ArrowDown');
    await kaisas.keyboard.press('Enter');
    await goTo(kaisas, 'Tab', dialog.getByRole('textbox', { name: /Kerro omin sanoin/u }));
    await kaisas.keyboard.type(asked);
    await kaisas.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(rowOf(kaisas, 'Käy torilla')).toContainText('Pyyntö odottaa');
  });

  await test.step('the physiotherapist finds it in the day’s work and writes that part', async () => {
    await villes.keyboard.press('Control+1');
    await expectFocus(villes.getByRole('searchbox', { name: 'Hae työlistalta' }));
    await villes.keyboard.type('arvioisitko kävelyn');
    const line = villes.getByRole('row').filter({ hasText: asked });
    await expect(line).toBeVisible({ timeout: 90_000 });
    await villes.keyboard.press('ArrowDown');
    await expectFocus(line);
    await villes.keyboard.press('Enter');
    await expectFocus(rowOf(villes, 'Käy torilla'));
    await villes.keyboard.press('n');
    await typeNew(villes, 'Tasapainoharjoittelu kahdesti viikossa');
    await villes.keyboard.press('ArrowUp');
    await villes.keyboard.press('F2');
    const answer = villes.getByRole('textbox', { name: 'Vastaus', exact: true });
    await goTo(villes, 'Shift+Tab', answer);
    await villes.keyboard.type('Lisäsin harjoittelun keinoksi.');
    await villes.keyboard.press('Control+Enter');
    await expect(answer).toBeHidden();
    const action = rowOf(kaisas, 'Tasapainoharjoittelu');
    await expect(action).toContainText('vastuu puuttuu', { timeout: 90_000 });
  });

  await test.step('the chain is checked: F8 leads to the action that nobody answers for', async () => {
    const action = rowOf(kaisas, 'Tasapainoharjoittelu');
    for (let step = 0; step < 12; step += 1) {
      if ((await action.getAttribute('aria-selected')) === 'true') break;
      await kaisas.keyboard.press('F8');
    }
    await expect(action).toHaveAttribute('aria-selected', 'true');
    await kaisas.keyboard.press('F2');
    await choose(kaisas, kaisas.getByRole('combobox', { name: 'Vastaa' }), 'Ville Saarela');
    await choose(kaisas, kaisas.getByRole('combobox', { name: 'Sijainen' }), 'Jenna Huttula');
    await kaisas.keyboard.press('Control+Enter');
    await expect(action).toContainText('Ville Saarela');
    await expect(action).not.toContainText('puuttuu');
    await kaisas.keyboard.press('Escape');
    await expectFocus(action);
  });

  await test.step('who plans the same as another is told of both, and takes one’s own back', async () => {
    const action = rowOf(kaisas, 'Tasapainoharjoittelu kahdesti viikossa');
    await kaisas.keyboard.press('n');
    await typeNew(kaisas, 'Tasapainoharjoittelu viikossa');
    await expect(action).toContainText('samaa muualla');
    await kaisas.keyboard.press('F2');
    const panel = kaisas.getByRole('complementary', { name: /Tasapainoharjoittelu viikossa/u });
    await expect(panel).toContainText('Sama keino on suunnitelmassa muuallakin');
    await expect(panel).toContainText('Kaisa Vuorela');
    await expect(panel).toContainText('Ville Saarela');
    await expectAccessible(kaisas, 'the same action twice');
    await kaisas.keyboard.press('Escape');
    await expectFocus(rowOf(kaisas, 'Tasapainoharjoittelu viikossa'));
    await kaisas.keyboard.press('Control+z');
    await expect(rowOf(kaisas, 'Tasapainoharjoittelu viikossa')).toBeHidden();
    await expect(action).not.toContainText('samaa muualla');
  });

  await test.step('the client accepts', async () => {
    await goTo(kaisas, 'Shift+Tab', kaisas.getByRole('radio', { name: 'Tavoitteet' }));
    await kaisas.keyboard.press('ArrowRight');
    await kaisas.keyboard.press('Space');
    const acceptance = rowOf(kaisas, 'Asiakkaan hyväksyntä');
    await expect(acceptance).toBeVisible();
    await goTo(kaisas, 'Tab', kaisas.locator('[role=row][tabindex="0"]').first());
    await goTo(kaisas, 'ArrowDown', acceptance);
    await kaisas.keyboard.press('F2');
    const panel = kaisas.getByRole('complementary', { name: 'Asiakkaan hyväksyntä' });
    await goTo(kaisas, 'Tab', panel.getByRole('button', { name: /Asiakas/u }));
    await kaisas.keyboard.press('Enter');
    await kaisas.keyboard.press('ArrowDown');
    await kaisas.keyboard.press('Enter');
    await goTo(kaisas, 'Tab', panel.getByRole('textbox', { name: 'Asiakkaan sanoin' }));
    await kaisas.keyboard.type('Torille pääsy on tärkein.');
    await goTo(kaisas, 'Tab', panel.locator('[data-field=date]').getByRole('spinbutton').first());
    await kaisas.keyboard.type('26112026');
    await kaisas.keyboard.press('Control+Enter');
    await expect(acceptance).toContainText('kirjoitettu');
    await expect(rowOf(villes, 'Tasapainoharjoittelu')).toContainText('Jenna Huttula', {
      timeout: 90_000,
    });
  });

  await test.step('and the plan is printed in both languages of the region', async () => {
    await kaisas.keyboard.press('Escape');
    await kaisas.keyboard.press('Control+p');
    const paper = kaisas.getByRole('article', { name: 'Tuloste' });
    await expect(paper).toContainText('Yhteinen suunnitelma');
    await expect(paper).toContainText('Torille pääsy on tärkein.');
    await expect(paper).toContainText('Ville Saarela, fysioterapeutti');
    await expect(paper).not.toContainText('120548');
    await expectAccessible(kaisas, 'the print before it is printed');
    await goTo(kaisas, 'Tab', kaisas.getByRole('radio', { name: 'Suomi' }));
    await kaisas.keyboard.press('ArrowRight');
    await kaisas.keyboard.press('Space');
    await expect(paper).toContainText('Gemensam plan');
    await expect(paper).toContainText('Ville Saarela, fysioterapeut');
    // What the browser asks of a printer goes to a file here; the sheet leaves when printing is answered.
    await kaisas.evaluate(() => Object.assign(window, { print: () => undefined }));
    await kaisas.keyboard.press('Control+p');
    await expect(kaisas.locator('.print-sheet')).toBeAttached();
    expect((await kaisas.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
    await kaisas.evaluate(() => dispatchEvent(new Event('afterprint')));
    await expect(kaisas.locator('.print-sheet')).toBeHidden();
  });

  await test.step('the print and each look stand in the log', async () => {
    await world.expectLooksLogged();
  });
});
