import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo, openPlanByKeys, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/**
 * A network meeting on a shared screen, by keyboard alone: only what everybody present may see, a rating
 * given together, a task with a deputy, a dissenting view, a computer that dies in the middle, minutes made
 * of what changed, and the other desk.
 */

const outsider = 'Maija Lehtonen';
const task = 'Sari soittaa Kaisalle, jos lauantai ei onnistu';
const dissent = 'Torstai kannattaa pitää varalla tammikuun loppuun.';
const grounds = 'Kävelty yhdessä kolmesti viikossa';
const onlyInNotes = 'Iltalääke jäi ottamatta kolmena iltana';

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

const take = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PUNOS_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

const agenda = (page: Page): Locator => page.getByRole('navigation', { name: 'Asialista' });

/** Chooses somebody of a list by typing the name. */
const name = async (page: Page, field: string, typed: string): Promise<void> => {
  await goTo(page, 'Tab', page.getByRole('combobox', { name: field }));
  await page.keyboard.type(typed);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
};

test('a network meeting from the plan to its minutes', async ({ browser }) => {
  test.setTimeout(300_000);
  let kaisas = await (await browser.newContext()).newPage();
  const villes = await (await browser.newContext({ colorScheme: 'dark' })).newPage();

  await test.step('the meeting is asked for by its name, and who is there is chosen', async () => {
    await signInByKeys(kaisas, kaisasDesk, kaisa);
    await openPlanByKeys(kaisas, 'kivimetsä');
    await kaisas.keyboard.press('Control+b');
    await kaisas.keyboard.type('rantakari');
    await expect(kaisas.getByRole('option')).toHaveCount(1);
    await kaisas.keyboard.press('Enter');
    await expect(kaisas.getByRole('complementary', { name: /vain luku/u })).toBeVisible();
    await kaisas.keyboard.press('Control+k');
    await kaisas.keyboard.type('aloita neu');
    await expect(kaisas.getByRole('option', { name: /Aloita neuvottelu/u })).toBeVisible();
    await kaisas.keyboard.press('Enter');
    await goTo(kaisas, 'Tab', kaisas.getByRole('textbox', { name: 'Mitä varten' }));
    await kaisas.keyboard.type('Saunominen ja iltalääkkeet');
    await goTo(kaisas, 'Tab', kaisas.getByRole('checkbox', { name: /Ville Saarela/u }));
    await kaisas.keyboard.press('Space');
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Lisää osallistuja' }));
    await kaisas.keyboard.press('Enter');
    await goTo(kaisas, 'Shift+Tab', kaisas.getByRole('textbox', { name: 'Nimi' }));
    await kaisas.keyboard.type(outsider);
    await take(kaisas, 'meeting-start');
    await expectAccessible(kaisas, 'who is present');
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Aloita neuvottelu' }));
    await kaisas.keyboard.press('Enter');
    await expect(kaisas.getByText('Neuvottelu käynnissä, läsnä 3')).toBeVisible();
  });

  await test.step('only the joint part is on the screen', async () => {
    await expect(kaisas.getByRole('complementary')).toHaveCount(0);
    await kaisas.keyboard.press('Control+b');
    await expect(kaisas.getByRole('dialog')).toHaveCount(0);
    await expect(kaisas.getByRole('region', { name: /^Läsnä/u })).toContainText(outsider);
    await expect(kaisas.getByText(onlyInNotes)).toHaveCount(0);
    await expect(kaisas.getByRole('navigation', { name: 'Asiakkaan sivut' })).toHaveCount(0);
    await expect(kaisas.getByText('Rantatie 12')).toHaveCount(0);
    await expect(kaisas.getByText('140347-926E')).toHaveCount(0);
    await expect(kaisas.getByRole('button', { name: /^1\.1 / })).toBeVisible();
    await take(kaisas, 'meeting');
    await expectAccessible(kaisas, 'meeting');
  });

  await test.step('no key brings another client or a note to it', async () => {
    await kaisas.keyboard.press('Control+k');
    const palette = kaisas.getByRole('dialog', { name: 'Hae' });
    await expect(palette).toContainText('Näyttö on jaettu');
    await kaisas.keyboard.type('lukit');
    await expect(palette.getByRole('option', { name: /^Lukitse/u })).toBeVisible();
    await kaisas.keyboard.press('Control+a');
    await kaisas.keyboard.type('kivimetsä');
    await expect(palette).toContainText('ei löytynyt mitään');
    await expect(palette.getByRole('option')).toHaveCount(0);
    await kaisas.keyboard.press('Escape');
    await expect(palette).toBeHidden();
    await expect(kaisas.getByText('Neuvottelu käynnissä, läsnä 3')).toBeVisible();
  });

  await test.step('goals are walked by keys, and one’s place is told', async () => {
    await expect(agenda(kaisas)).toContainText('1 / 7');
    await kaisas.keyboard.press('PageDown');
    await expect(agenda(kaisas)).toContainText('2 / 7');
    await expect(agenda(kaisas).getByRole('button', { name: /Käy saunassa/u })).toHaveAttribute(
      'aria-current',
      'step',
    );
    await kaisas.keyboard.press('PageUp');
    await expect(agenda(kaisas)).toContainText('1 / 7');
  });

  await test.step('a rating is given together', async () => {
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Arvioi', exact: true }));
    await kaisas.keyboard.press('Enter');
    await goTo(kaisas, 'Tab', kaisas.getByRole('radio', { name: /^\+2/u }));
    const wanted = kaisas.getByRole('radio', { name: /^0 / });
    for (let step = 0; step < 6 && !(await wanted.isChecked()); step += 1) {
      await kaisas.keyboard.press('ArrowDown');
    }
    await goTo(kaisas, 'Tab', kaisas.getByRole('textbox', { name: 'Mihin arvio perustuu' }));
    await kaisas.keyboard.type(grounds);
    await kaisas.keyboard.press('Control+Enter');
    await expect(kaisas.getByRole('textbox', { name: 'Mihin arvio perustuu' })).toBeHidden();
  });

  await test.step('the computer dies in the middle, and the meeting goes on', async () => {
    await kaisas.keyboard.press('PageDown');
    await expect(agenda(kaisas)).toContainText('2 / 7');
    await goTo(kaisas, 'Tab', kaisas.getByRole('textbox', { name: 'Keino', exact: true }));
    await kaisas.keyboard.type(task);
    await expect(kaisas.getByText('Luonnos on tallessa tällä koneella')).toBeVisible();
    await kaisasDesk.kill();
    await kaisasDesk.restart();
    await kaisas.close();
    kaisas = await (await browser.newContext()).newPage();
    await kaisasDesk.open(kaisas);
    await expectFocus(kaisas.getByLabel('Tunnuslause'));
    await kaisas.keyboard.type(kaisa.secret);
    await kaisas.keyboard.press('Enter');
    await expect(kaisas.getByRole('heading', { name: 'Oma päivä', level: 1 })).toBeVisible();
    await kaisas.keyboard.press('Control+2');
    await expectFocus(kaisas.getByRole('searchbox'));
    await openPlanByKeys(kaisas, 'kivimetsä');
    await expect(kaisas.getByText('Neuvottelu käynnissä, läsnä 3')).toBeVisible();
    await goTo(kaisas, 'Shift+Tab', kaisas.getByRole('link', { name: 'Palaa neuvotteluun' }));
    await kaisas.keyboard.press('Enter');
    await expect(agenda(kaisas)).toContainText('2 / 7');
    await expect(kaisas.getByRole('textbox', { name: 'Keino', exact: true })).toHaveValue(task);
  });

  await test.step('the task gets who answers and who steps in', async () => {
    await name(kaisas, 'Vastaa', 'kaisa vuo');
    await name(kaisas, 'Sijainen', 'ville saa');
    await take(kaisas, 'meeting-task');
    await kaisas.keyboard.press('Control+Enter');
    const row = kaisas.getByRole('row').filter({ hasText: task });
    await expect(row).toContainText('Kaisa Vuorela');
    await expect(row).toContainText('Ville Saarela');
  });

  await test.step('who sees it otherwise is kept', async () => {
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Kirjaa eriävä näkemys' }));
    await kaisas.keyboard.press('Enter');
    await goTo(kaisas, 'Tab', kaisas.getByRole('textbox', { name: 'Näkemys', exact: true }));
    await kaisas.keyboard.type(dissent);
    await kaisas.keyboard.press('Control+Enter');
    await expect(kaisas.getByRole('region', { name: 'Eriävät näkemykset' })).toContainText(dissent);
    await expectAccessible(kaisas, 'meeting with a dissenting view');
  });

  await test.step('Esc asks before it ends, and the minutes tell what changed', async () => {
    await kaisas.keyboard.press('Escape');
    await expect(kaisas.getByRole('alertdialog')).toBeVisible();
    await expectAccessible(kaisas, 'end the meeting');
    await goTo(kaisas, 'Tab', kaisas.getByRole('button', { name: 'Päätä ja avaa muistio' }));
    await kaisas.keyboard.press('Enter');
    const minutes = kaisas.getByRole('region', { name: 'Muistio' });
    await expect(minutes.getByRole('region', { name: 'Arviot' })).toContainText(grounds);
    const tasks = minutes.getByRole('region', { name: 'Uudet tehtävät' });
    await expect(tasks).toContainText(task);
    await expect(tasks).toContainText('Vastaa: Kaisa Vuorela');
    await expect(tasks).toContainText('Sijainen: Ville Saarela');
    await expect(minutes.getByRole('region', { name: 'Eriävät näkemykset' })).toContainText(
      dissent,
    );
    await expect(minutes).toContainText(outsider);
    await take(kaisas, 'meeting-minutes');
    await expectAccessible(kaisas, 'minutes');
  });

  await test.step('the other desk has the meeting and the task', async () => {
    await expect(kaisas.getByText('Kaikki tallessa alueella')).toBeVisible({ timeout: 60_000 });
    await signInByKeys(villes, villesDesk, ville);
    await openPlanByKeys(villes, 'kivimetsä');
    await expect(villes.getByRole('row', { name: new RegExp(task, 'u') })).toBeVisible();
    const address = new URL(kaisas.url()).hash;
    await villes.evaluate((hash) => {
      location.hash = hash;
    }, address);
    const minutes = villes.getByRole('region', { name: 'Muistio' });
    await expect(minutes.getByRole('region', { name: 'Uudet tehtävät' })).toContainText(task);
    await take(villes, 'meeting-minutes-dark');
    await expectAccessible(villes, 'minutes, dark');
  });

  await test.step('the log tells of each of the staff who saw it', async () => {
    await kaisas.keyboard.press('Alt+7');
    await goTo(kaisas, 'Tab', kaisas.getByRole('textbox', { name: 'Miksi loki luetaan' }));
    await kaisas.keyboard.type('Neuvottelun jälkeen');
    await kaisas.keyboard.press('Enter');
    await expect(
      kaisas.getByText('Neuvottelun jaetulla näytöllä: Ville Saarela').first(),
    ).toBeVisible({ timeout: 60_000 });
    await expect(
      kaisas.getByText('Neuvottelun jaetulla näytöllä: Kaisa Vuorela').first(),
    ).toBeVisible();
    await take(kaisas, 'meeting-log');
    await world.expectLooksLogged();
  });
});
