import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo, openPlanByKeys, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { accountOf, startWorld, type Desk, type World } from './world/world.ts';

/**
 * Two siblings and a parent: Tiia works with both children, Veera with Alma alone. A goal is put in both
 * plans, changed in one and brought to the other; Veera sees Alma's plan and nothing of Leevi's. By
 * keyboard alone.
 */

let world: World;
let tiiasDesk: Desk;
let veerasDesk: Desk;

test.beforeAll(async () => {
  // The family's children and parent are among the first twenty.
  world = await startWorld(20);
  tiiasDesk = await world.startDesk();
  veerasDesk = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

const evenings = 'Iltarutiini on sama joka ilta';
const friends = 'Leikkii kavereiden kanssa';
const closer = 'Leikkii viikoittain kavereiden kanssa';

const rowOf = (page: Page, text: string): Locator => page.getByRole('row', { name: text });
const memberOf = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ hasText: name });
const beside = 'Avaa toinen asiakas rinnalle';
/** The pane of the client that is only read. */
const pane = (page: Page): Locator => page.getByRole('complementary', { name: /vain luku/u });
const note = (page: Page): Locator =>
  page.getByRole('region', { name: 'Yhteistä sisarusten kanssa' });

const take = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PUNOS_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

/** Chooses a row and presses something in its panel. */
const pressAt = async (page: Page, row: string, button: Locator): Promise<void> => {
  await goTo(page, 'ArrowDown', rowOf(page, row));
  await page.keyboard.press('F2');
  await goTo(page, 'Shift+Tab', button);
  await page.keyboard.press('Enter');
};

/** From the row's panel back to its row. */
const leavePanel = async (page: Page, row: string): Promise<void> => {
  await page.keyboard.press('Escape');
  await expect(rowOf(page, row)).toBeFocused();
  await page.keyboard.press('Home');
};

const openFamily = async (page: Page): Promise<void> => {
  await page.getByRole('radio', { name: 'Tavoitteet' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: 'Perheenjäsenet' })).toBeVisible();
};

test('siblings share a goal, and each plan keeps its own', async ({ browser }) => {
  test.setTimeout(300_000);
  const tiias = await (await browser.newContext()).newPage();
  const veeras = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
  await signInByKeys(tiias, tiiasDesk, accountOf('tiia.lampinen'));
  await signInByKeys(veeras, veerasDesk, accountOf('veera.kallasvuo'));
  await openPlanByKeys(tiias, 'viitala');

  await test.step('a common row says where it differs, and one key brings the words', async () => {
    await expect(rowOf(tiias, evenings)).toContainText('Eroaa: Alma');
    await goTo(tiias, 'ArrowDown', rowOf(tiias, evenings));
    await tiias.keyboard.press('F2');
    await expect(note(tiias)).toContainText('Iltarutiini on sama molemmissa kodeissa');
    await take(tiias, 'family-row');
    await expectAccessible(tiias, 'a common row');
    await goTo(tiias, 'Shift+Tab', note(tiias).getByRole('button', { name: /^Vie nämä sanat/u }));
    await tiias.keyboard.press('Enter');
    await expect(rowOf(tiias, evenings)).toContainText('Yhteinen');
    await leavePanel(tiias, evenings);
  });

  await test.step('a goal is put in the sibling’s plan too', async () => {
    await pressAt(tiias, friends, note(tiias).getByRole('button', { name: /^Laita myös/u }));
    const dialog = tiias.getByRole('dialog');
    await goTo(tiias, 'Tab', dialog.getByRole('checkbox', { name: 'Alma' }));
    await tiias.keyboard.press('Space');
    await expect(dialog.getByText('Minkä tarpeen alle', { exact: true })).toBeVisible();
    await take(tiias, 'family-put');
    await expectAccessible(tiias, 'putting a row in a sibling’s plan');
    await tiias.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(rowOf(tiias, friends)).toContainText('Yhteinen');
  });

  await test.step('what is edited in one changes nothing in the other until it is brought', async () => {
    await goTo(tiias, 'Tab', tiias.getByRole('textbox', { name: 'Tavoite', exact: true }));
    await tiias.keyboard.press('Control+a');
    await tiias.keyboard.type(closer);
    await tiias.keyboard.press('Control+Enter');
    await expect(rowOf(tiias, closer)).toContainText('Eroaa: Alma');
    await goTo(tiias, 'Shift+Tab', note(tiias).getByRole('button', { name: /^Vie nämä sanat/u }));
    await tiias.keyboard.press('Enter');
    await expect(rowOf(tiias, closer)).toContainText('Yhteinen');
    await leavePanel(tiias, closer);
  });

  await test.step('a sibling’s plan is read beside, and never written there', async () => {
    await tiias.setViewportSize({ width: 1366, height: 768 });
    await tiias.keyboard.press('Control+b');
    await expect(tiias.getByRole('dialog', { name: beside })).toBeVisible();
    await tiias.keyboard.type('ahonranta');
    await expect(tiias.getByRole('option')).toHaveCount(1);
    await tiias.keyboard.press('Enter');
    await expectFocus(pane(tiias));
    await expect(pane(tiias).getByText('Vain luku', { exact: true })).toBeVisible();
    await take(tiias, 'beside-overview');
    await expectAccessible(tiias, 'the overview of a client beside');
    await tiias.keyboard.press('Alt+2');
    await goTo(tiias, 'Tab', pane(tiias).locator('[role=row][aria-selected=true]'));
    await expect(pane(tiias).getByRole('textbox')).toHaveCount(0);
    await take(tiias, 'beside-plan');
    await expectAccessible(tiias, 'the plan of a client beside');
    await tiias.keyboard.press('F6');
    await expectFocus(tiias.getByRole('main').locator('[role=row][aria-selected=true]'));
    await tiias.keyboard.press('F6');
    await tiias.keyboard.press('Alt+3');
    await expect(pane(tiias).getByRole('group', { name: 'Kirjaukset' })).toBeVisible();
    await take(tiias, 'beside-notes');
  });

  await test.step('a narrow window shows one at a time, and the sides change places', async () => {
    await tiias.setViewportSize({ width: 1093, height: 614 });
    await expect(tiias.getByRole('main', { name: /Ahonranta.*vain luku/u })).toBeVisible();
    await expect(tiias.getByRole('heading', { level: 1 })).toHaveText('Alma Ahonranta');
    await take(tiias, 'beside-narrow');
    await expectAccessible(tiias, 'a client beside in a narrow window');
    await tiias.keyboard.press('F6');
    await expect(pane(tiias)).toHaveCount(0);
    await expect(tiias.getByRole('main', { name: /Viitala/u })).toBeVisible();
    await tiias.setViewportSize({ width: 1366, height: 768 });
    await tiias.keyboard.press('F6');
    await goTo(tiias, 'Tab', pane(tiias).getByRole('button', { name: 'Vaihda puolet' }));
    await tiias.keyboard.press('Enter');
    await expect(tiias.getByRole('main', { name: /Ahonranta/u })).toBeVisible();
    await expect(pane(tiias)).toHaveAccessibleName(/Viitala.*vain luku/u);
    await tiias.keyboard.press('F6');
    await goTo(tiias, 'Tab', pane(tiias).getByRole('button', { name: 'Vaihda puolet' }));
    await tiias.keyboard.press('Enter');
    await expect(pane(tiias)).toHaveAccessibleName(/Ahonranta.*vain luku/u);
    await tiias.keyboard.press('F6');
    await expectFocus(pane(tiias));
    await tiias.keyboard.press('Escape');
    await expect(pane(tiias)).toHaveCount(0);
    await expect(tiias.getByRole('main')).toContainText('Viitala');
  });

  await test.step('the family shows who belongs to it, and what is common', async () => {
    await openFamily(tiias);
    await expect(tiias.getByRole('main')).toContainText('pysyvät hänen omassa suunnitelmassaan');
    await expect(tiias.getByRole('link', { name: closer })).toBeVisible();
    await take(tiias, 'family-view');
    await expectAccessible(tiias, 'family');
  });

  await test.step('a member who is no client is written, corrected, and removed with a reason', async () => {
    const dialog = tiias.getByRole('dialog');
    await goTo(tiias, 'Tab', tiias.getByRole('button', { name: 'Lisää perheenjäsen' }));
    await tiias.keyboard.press('Enter');
    await expect(dialog.getByRole('combobox')).toBeFocused();
    // Alma, who belongs to it already, is not offered again.
    await tiias.keyboard.type('ahonranta');
    await expect(tiias.getByText('Ei osumia', { exact: false })).toBeVisible();
    await tiias.keyboard.press('Control+a');
    await tiias.keyboard.press('Delete');
    await tiias.keyboard.press('Tab');
    await goTo(tiias, 'Tab', dialog.getByRole('button', { name: /Suhde asiakkaaseen/u }));
    await tiias.keyboard.press('Enter');
    await tiias.keyboard.press('End');
    await tiias.keyboard.press('Enter');
    await goTo(tiias, 'Tab', dialog.getByRole('textbox', { name: 'Nimi' }));
    await tiias.keyboard.type('Mummo Helvi');
    await take(tiias, 'family-new-member');
    await expectAccessible(tiias, 'a new member of the family');
    await tiias.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(memberOf(tiias, 'Mummo Helvi')).toContainText('muu läheinen');
    await goTo(tiias, 'Tab', tiias.getByRole('button', { name: 'Muokkaa: Mummo Helvi' }));
    await tiias.keyboard.press('Enter');
    await goTo(tiias, 'Tab', dialog.getByRole('textbox', { name: 'Nimi' }));
    await tiias.keyboard.press('Control+a');
    await tiias.keyboard.type('Mummo');
    await tiias.keyboard.press('Control+Enter');
    await tiias.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expectFocus(tiias.getByRole('button', { name: 'Muokkaa: Mummo', exact: true }));
    await tiias.keyboard.press('Enter');
    await goTo(tiias, 'Shift+Tab', dialog.getByRole('button', { name: 'Poista' }));
    await tiias.keyboard.press('Enter');
    const removal = tiias.getByRole('alertdialog');
    await expectFocus(removal.getByRole('textbox', { name: 'Miksi poistat?' }));
    await tiias.keyboard.type('Kirjattiin väärään perheeseen.');
    await take(tiias, 'family-remove-member');
    await goTo(tiias, 'Tab', removal.getByRole('button', { name: 'Poista' }));
    await tiias.keyboard.press('Enter');
    await expect(removal).toBeHidden();
    await expect(memberOf(tiias, 'Mummo')).toHaveCount(0);
  });

  await test.step('the other child’s plan is one link away', async () => {
    await goTo(tiias, 'Tab', tiias.getByRole('link', { name: 'Avaa suunnitelma: Alma' }));
    await tiias.keyboard.press('Enter');
    await expect(tiias.getByRole('heading', { level: 1, name: /Ahonranta/u })).toBeVisible();
    await expect(rowOf(tiias, closer)).toContainText('Yhteinen');
    await expect(tiias.getByText('Kaikki tallessa alueella')).toBeVisible();
  });

  await test.step('whoever sees one child alone sees an ordinary row, and nobody else', async () => {
    await veeras.keyboard.type('viitala');
    await expect(veeras.getByText('0 asiakasta', { exact: true })).toBeVisible();
    await veeras.keyboard.press('Control+a');
    await openPlanByKeys(veeras, 'ahonranta');
    await expect(rowOf(veeras, closer)).toBeVisible();
    await expect(veeras.getByText('Yhteinen', { exact: true })).toHaveCount(0);
    await goTo(veeras, 'ArrowDown', rowOf(veeras, closer));
    await veeras.keyboard.press('F2');
    await expect(note(veeras)).toHaveCount(0);
    await leavePanel(veeras, closer);
    await openFamily(veeras);
    await expect(veeras.getByText('Leevi', { exact: true })).toBeVisible();
    await expect(veeras.getByRole('link', { name: /^Avaa suunnitelma/u })).toHaveCount(0);
    await expect(veeras.getByRole('main')).not.toContainText('Viitala');
    await take(veeras, 'family-one-child');
    await expectAccessible(veeras, 'family of one child');
  });

  await world.expectLooksLogged();
});
