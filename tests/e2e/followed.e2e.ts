import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo, openPlanByKeys, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { accountOf, kaisa, startWorld, type World } from './world/world.ts';

/**
 * A doctor adds a diagnosis and a medicine that is followed, by keyboard; a social worker of the same team, who
 * has no right to the patient register, sees nothing of them. Two write over each other of one medicine, and
 * only who answers for it decides.
 */

const doctor = accountOf('antti.rautakoski');
const carer = accountOf('jenna.huttula');

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

/** From the plan's tree to its parts, the first row in focus. */
const toParts = async (page: Page): Promise<void> => {
  const views = page.getByRole('radiogroup', { name: 'Suunnitelman näkymä' });
  await views.getByRole('radio', { name: 'Tavoitteet' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByRole('treegrid', { name: 'Suunnitelman osat' })).toBeVisible();
  await page.locator('[role=row][aria-selected=true]').focus();
};

/** Types a day in the dialog's or panel's field of that name, from wherever the focus is before it. */
const typeNextCheck = async (page: Page, within: Locator, day: string): Promise<void> => {
  await goTo(page, 'Tab', within.locator('[data-field=nextOn]').getByRole('spinbutton').first());
  await page.keyboard.type(day);
};

test('what is followed of a client’s health, and who sees it', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const other = await (await browser.newContext()).newPage();
  const doctorsDesk = await world.startDesk();
  const othersDesk = await world.startDesk();
  await signInByKeys(page, doctorsDesk, doctor);
  await openPlanByKeys(page, 'rantakari');
  await toParts(page);

  await test.step('N adds a diagnosis with its follow-up; a code of another shape is asked again', async () => {
    await goTo(page, 'ArrowDown', rowOf(page, /^Diagnoosit/u).last());
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Uusi diagnoosi' });
    await expectFocus(dialog.getByRole('textbox', { name: 'Diagnoosi', exact: true }));
    await page.keyboard.type('Keuhkoahtaumatauti');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ahtauma');
    await page.keyboard.press('Control+Enter');
    await expect(dialog.getByText('Koodin muoto on esimerkiksi')).toBeVisible();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('j44.9');
    await goTo(page, 'Tab', dialog.getByRole('textbox', { name: 'Mitä seurataan' }));
    await page.keyboard.type('Hengenahdistus portaissa.');
    await typeNextCheck(page, dialog, '11012027');
    await take(page, 'diagnosis-new');
    await expectAccessible(page, 'a new diagnosis');
    await page.keyboard.press('Control+Enter');
    const row = rowOf(page, /^Keuhkoahtaumatauti/u);
    await expectFocus(row);
    await expect(row).toContainText('J44.9');
    await expect(row).toContainText('seuraava 11.1.2027');
  });

  await test.step('a medicine without a day of its next look lacks it, until it has one', async () => {
    await goTo(page, 'ArrowDown', rowOf(page, /^Lääkityksen seuranta/u));
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Uusi lääkityksen seuranta' });
    await expectFocus(dialog.getByRole('textbox', { name: 'Lääke tai vaikuttava aine' }));
    await page.keyboard.type('Avaava inhalaatiolääke');
    await goTo(page, 'Tab', dialog.getByRole('textbox', { name: 'Miten asiakas ottaa sitä' }));
    await page.keyboard.type('Tarvittaessa ennen ulos lähtöä, osaa itse.');
    await take(page, 'medication-new');
    await page.keyboard.press('Control+Enter');
    const row = rowOf(page, /^Avaava inhalaatiolääke/u);
    await expectFocus(row);
    await expect(row).toContainText('seuranta sopimatta');
    await page.keyboard.press('F2');
    const panel = page.getByRole('complementary', { name: 'Avaava inhalaatiolääke' });
    await expectFocus(panel.getByRole('textbox', { name: 'Lääke tai vaikuttava aine' }));
    await typeNextCheck(page, panel, '12012027');
    await page.keyboard.press('Control+Enter');
    await expect(row).toContainText('seuraava 12.1.2027');
    await take(page, 'medication');
    await expectAccessible(page, 'diagnoses and medication');
    await page.keyboard.press('Escape');
    await expectFocus(row);
  });

  await test.step('its history tells it in words, and search finds it', async () => {
    await page.keyboard.press('h');
    await expect(page.getByRole('article').first()).toContainText('Tarvittaessa ennen ulos lähtöä');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('inhalaatiolääke');
    await expect(page.getByRole('dialog')).toContainText('Lääke ja sen käyttö');
    await page.keyboard.press('Escape');
    await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();
  });

  await test.step('a social worker without a right to the register sees no trace of it', async () => {
    await signInByKeys(other, othersDesk, kaisa);
    await openPlanByKeys(other, 'rantakari');
    await toParts(other);
    await expect(rowOf(other, /^Varautuminen/u)).toBeVisible();
    await expect(other.getByText('Diagnoosit')).toHaveCount(0);
    await expect(other.getByText('Lääkityksen seuranta')).toHaveCount(0);
    await expect(other.getByText('Terveyden riskitiedot')).toHaveCount(0);
    await expect(rowOf(other, /^Sosiaalihuollon riskitiedot/u)).toBeVisible();
    await other.keyboard.press('Control+k');
    await other.keyboard.type('inhalaatiolääke');
    await expect(other.getByRole('dialog')).toContainText('ei löytynyt mitään');
  });
});

test('two versions of one medicine wait for whoever answers for it', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const other = await (await browser.newContext()).newPage();
  const doctorsDesk = await world.startDesk();
  const carersDesk = await world.startDesk();
  await signInByKeys(page, doctorsDesk, doctor);
  await signInByKeys(other, carersDesk, carer);
  const medicine = /^Verenpainelääke/u;
  const use = (on: Page): Locator => on.getByRole('textbox', { name: 'Miten asiakas ottaa sitä' });
  for (const each of [page, other]) {
    await openPlanByKeys(each, 'kivimetsä');
    await toParts(each);
    await goTo(each, 'ArrowDown', rowOf(each, medicine));
  }

  await test.step('both write without a network', async () => {
    doctorsDesk.line.cut();
    carersDesk.line.cut();
    for (const [each, text] of [
      [page, 'Iltaisin dosetista.'],
      [other, 'Aamuisin, kun on syönyt.'],
    ] as const) {
      await each.keyboard.press('F2');
      await goTo(each, 'Tab', use(each));
      await each.keyboard.press('Control+a');
      await each.keyboard.type(text);
      await each.keyboard.press('Control+Enter');
      await expect(rowOf(each, medicine)).toContainText(text);
    }
    doctorsDesk.line.mend();
    carersDesk.line.mend();
  });

  await test.step('the carer reads both, and is told who decides', async () => {
    await expect(other.getByText(/Tiimissä: Antti Rautakoski, Hanna Sillanpää/u)).toBeVisible();
    await goTo(other, 'Tab', other.getByRole('link', { name: 'Katso versioita' }));
    await other.keyboard.press('Enter');
    await expect(other.getByText('Iltaisin dosetista.')).toBeVisible();
    await expect(other.getByText('Aamuisin, kun on syönyt.')).toBeVisible();
    await expect(other.getByText('laaja-alainen terveydenhuollon tehtävä')).toBeVisible();
    await expect(other.getByRole('radio')).toHaveCount(0);
    await take(other, 'medication-not-yours');
    await expectAccessible(other, 'versions that somebody else decides between');
    await other.keyboard.press('Control+Enter');
    await expect(other.getByText('Iltaisin dosetista.')).toBeVisible();
  });

  await test.step('the doctor decides, and the carer has it', async () => {
    const settle = page.getByRole('link', { name: 'Ratkaise' });
    await expect(settle).toBeVisible();
    await goTo(page, 'Tab', settle);
    await page.keyboard.press('Enter');
    await goTo(page, 'Tab', page.getByRole('radio', { name: 'Kirjoita yhteinen' }).first());
    await page.keyboard.press('Control+Enter');
    await expect(other.getByText('Tämä on jo ratkaistu.')).toBeVisible();
  });

  await test.step('every look of it stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});

test('a risk of health is in sight beside the name until it ends with a reason', async ({
  browser,
}) => {
  const page = await (await browser.newContext()).newPage();
  const desk = await world.startDesk();
  await signInByKeys(page, desk, doctor);
  await openPlanByKeys(page, 'rantakari');
  await toParts(page);
  const row = rowOf(page, /^Allergia/u);
  const tag = page.locator('.client-bar').getByText('Allergia', { exact: true });

  await test.step('N adds it, with what it means', async () => {
    await goTo(page, 'ArrowDown', rowOf(page, /^Terveyden riskitiedot/u));
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Uusi terveyden riskitieto' });
    const means = dialog.getByRole('textbox', { name: 'Mitä se tarkoittaa' });
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await goTo(page, 'Tab', means);
    await expect(means).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.type('Penisilliini: ihottuma');
    await take(page, 'risk-new');
    await expectAccessible(page, 'a new risk');
    await page.keyboard.press('Control+Enter');
    await expectFocus(row);
    await expect(tag).toBeVisible();
  });

  await test.step('it ends with a reason, and not without', async () => {
    await page.keyboard.press('F2');
    const panel = page.getByRole('complementary', { name: 'Allergia' });
    await goTo(page, 'Tab', panel.getByRole('button', { name: /Tila/u }));
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('option', { name: 'voimassa' }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const reason = panel.getByRole('textbox', { name: 'Syy' });
    await goTo(page, 'Tab', reason);
    await page.keyboard.press('Control+Enter');
    await expect(reason).toHaveAttribute('aria-invalid', 'true');
    await expect(tag).toBeVisible();
    await page.keyboard.type('Testattiin: ei allergiaa.');
    await take(page, 'risk');
    await page.keyboard.press('Control+Enter');
    await expect(row).toContainText('ei enää');
    await expect(tag).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expectFocus(row);
  });
});
