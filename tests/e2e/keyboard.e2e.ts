import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo } from './world/keys.ts';
import { kaisa, startWorld, type Desk, type World } from './world/world.ts';

/** The main job with the keyboard alone: whoever cannot or will not use a mouse loses nothing by it. */

let world: World;
let desk: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  desk = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

const rowOf = (page: Page, text: string): Locator => page.getByRole('row', { name: text });

const dialogField = (page: Page): Locator => page.getByRole('dialog').getByRole('textbox').first();

const typeNew = async (page: Page, text: string): Promise<void> => {
  await expectFocus(dialogField(page));
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await expectFocus(rowOf(page, text));
};

test('the main job is done without a mouse', async ({ page }) => {
  await test.step('signs in and finds a client', async () => {
    await desk.open(page);
    await expectFocus(page.getByLabel('Käyttäjätunnus'));
    await page.keyboard.type(kaisa.login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(kaisa.secret);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Oma päivä', level: 1 })).toBeVisible();
    await page.keyboard.press('Control+2');
    await expect(page.getByRole('heading', { name: 'Asiakkaat', level: 1 })).toBeVisible();
    await expectFocus(page.getByRole('searchbox'));
    await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();
    await page.keyboard.type('kivim');
    await expect(page.getByText('1 asiakas', { exact: true })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: /Kivimetsä/u })).toBeVisible();
  });

  await test.step('keeps the client at hand and asks for a page by its name', async () => {
    const pinned = page.getByRole('button', { name: 'Poista kiinnitys' });
    await page.getByRole('button', { name: 'Kiinnitä' }).focus();
    await page.keyboard.press('Enter');
    await expectFocus(pinned);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('poissaol');
    await expect(page.getByRole('option', { name: /^Poissaolot/u })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Poissaolot', level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option', { name: /^Kivimetsä Aune/u })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: /Kivimetsä/u })).toBeVisible();
    await expect(pinned).toBeVisible();
  });

  await test.step('adds a need, a goal and two actions', async () => {
    await page.keyboard.press('Alt+2');
    await expectFocus(page.locator('[role=row][aria-selected=true]'));
    await goTo(page, 'Shift+Tab', page.getByRole('button', { name: 'Lisää tarve' }));
    await page.keyboard.press('Enter');
    await typeNew(page, 'Kalastus ja ystävät');
    await page.keyboard.press('n');
    await typeNew(page, 'Käy ongella kerran viikossa');
    await page.keyboard.press('n');
    await typeNew(page, 'Veneen vuokraus');
    await page.keyboard.press('n');
    await typeNew(page, 'Kyyti rantaan');
  });

  await test.step('edits and reorders', async () => {
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'Keino', exact: true });
    await expectFocus(field);
    await page.keyboard.press('End');
    await page.keyboard.type(' kesällä');
    await page.keyboard.press('Control+Enter');
    await expect(rowOf(page, 'Kyyti rantaan kesällä')).toBeVisible();
    await page.keyboard.press('Escape');
    await expectFocus(rowOf(page, 'Kyyti rantaan kesällä'));
    await page.keyboard.press('Alt+ArrowUp');
    await expect(rowOf(page, 'Kyyti rantaan kesällä')).toHaveAttribute('aria-posinset', '1');
    await expectFocus(rowOf(page, 'Kyyti rantaan kesällä'));
  });

  await test.step('takes back what was written last, and a row made by mistake', async () => {
    await page.keyboard.press('F2');
    await expectFocus(page.getByRole('textbox', { name: 'Keino', exact: true }));
    await page.keyboard.press('End');
    await page.keyboard.type(' ja syksyllä');
    await page.keyboard.press('Control+Enter');
    await expect(rowOf(page, 'Kyyti rantaan kesällä ja syksyllä')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('status').getByText('Kumottu:')).toBeVisible();
    await expect(rowOf(page, 'Kyyti rantaan kesällä ja syksyllä')).toBeHidden();
    await expectFocus(rowOf(page, 'Kyyti rantaan kesällä'));
    await page.keyboard.press('n');
    await typeNew(page, 'Väärä rivi');
    await page.keyboard.press('Control+z');
    await expect(rowOf(page, 'Väärä rivi')).toBeHidden();
    await goTo(page, 'ArrowUp', rowOf(page, 'Kyyti rantaan kesällä'));
  });

  await test.step('removes with a reason and restores', async () => {
    await page.keyboard.press('F2');
    await goTo(page, 'Tab', page.getByRole('button', { name: 'Poista…' }));
    await page.keyboard.press('Enter');
    await expectFocus(page.getByLabel('Miksi poistat?'));
    await page.keyboard.press('Enter');
    await expect(page.getByText('Kirjoita syy, jotta muut ymmärtävät poiston.')).toBeVisible();
    await page.keyboard.type('Naapuri vie');
    await page.keyboard.press('Enter');
    await expect(rowOf(page, 'Kyyti rantaan kesällä')).toBeHidden();
    await expectFocus(rowOf(page, 'Veneen vuokraus'));
    await goTo(page, 'Shift+Tab', page.getByRole('checkbox', { name: 'Näytä poistetut' }));
    await page.keyboard.press('Space');
    await goTo(page, 'Tab', rowOf(page, 'Veneen vuokraus'));
    await goTo(page, 'ArrowUp', rowOf(page, 'Kyyti rantaan kesällä'));
    await page.keyboard.press('F2');
    await expectFocus(page.getByRole('button', { name: 'Palauta' }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('Naapuri vie')).toBeHidden();
    await expectFocus(rowOf(page, 'Kyyti rantaan kesällä'));
  });

  await test.step('writes a note and locks', async () => {
    await page.keyboard.press('Alt+5');
    const begin = page.getByRole('button', { name: 'Uusi kirjaus' });
    await expect(begin).toBeVisible();
    await goTo(page, 'Tab', begin);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('textbox', { name: 'Kirjaus', exact: true }));
    await page.keyboard.type('Kokeiltiin onkimista laiturilta.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('article').first()).toContainText('onkimista laiturilta');
    await expectFocus(begin);
    await page.keyboard.press('Control+l');
    await expectFocus(page.getByLabel('Tunnuslause'));
  });
});
