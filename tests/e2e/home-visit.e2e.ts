import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { accountOf, startWorld, type Desk, type World } from './world/world.ts';

/**
 * A practical nurse visits a client where there is no network, by keyboard alone; the computer dies in the
 * middle of it; in the evening the region gives its receipts, and the nurse has the question.
 */

const jenna = accountOf('jenna.huttula');
const hanna = accountOf('hanna.sillanpaa');

const walk = 'Kävely ulkona iltapäiväkäynnillä';
const reminder = 'Muistutus iltakäynnillä';
const goal = 'Iltalääke ajallaan vähintään 6 iltana viikossa';
const reason = 'Aune oli väsynyt, lepäsi sohvalla.';
const medication = 'Iltalääke oli lokerossa, otti sen käynnin aikana.';
const question = 'Voiko iltalääkkeen siirtää aamuun, kun illat unohtuvat?';

let world: World;
let jennasDesk: Desk;
let hannasDesk: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  jennasDesk = await world.startDesk();
  hannasDesk = await world.startDesk();
});
test.afterAll(async () => {
  await world.end();
});

const task = (page: Page, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('radiogroup', { name: title }) });

const choice = (page: Page, title: string, word: string): Locator =>
  page.getByRole('radiogroup', { name: title }).getByRole('radio', { name: word, exact: true });

/** Goes to the choice by Tab and arrows, and presses it. */
const choose = async (page: Page, title: string, word: string): Promise<void> => {
  const group = page.getByRole('radiogroup', { name: title });
  const inside = (): Promise<boolean> =>
    group.evaluate((element) => element.contains(document.activeElement));
  for (let step = 0; step < 40 && !(await inside()); step += 1) await page.keyboard.press('Tab');
  const wanted = choice(page, title, word);
  for (let step = 0; step < 4; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowRight');
  }
  await expectFocus(wanted);
  await page.keyboard.press('Space');
  await expect(wanted).toBeChecked();
};

/** What can be pressed or written in is 44 px high at least; a link within a text may be less. */
const expectLargeTargets = async (page: Page): Promise<void> => {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, [role=radio], input:not([tabindex="-1"]), textarea, .tab, .rail-item',
      ),
    ]
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(small).toEqual([]);
};

/** From the list of clients: by the client's tabs, or straight by K. */
const openVisit = async (page: Page, by: 'tabs' | 'letter'): Promise<void> => {
  await page.keyboard.type('kivim');
  await expect(page.getByText('1 asiakas', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(by === 'letter' ? 'k' : 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Aune Kivimetsä' })).toBeVisible();
  if (by === 'tabs') await page.keyboard.press('Alt+9');
  await expect(page.getByRole('region', { name: /^Tehtävät tänään/u })).toBeVisible();
};

const unlockByKeys = async (page: Page): Promise<void> => {
  await jennasDesk.open(page);
  await expectFocus(page.getByLabel('Tunnuslause'));
  await page.keyboard.type(jenna.secret);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Oma päivä', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+2');
  await expectFocus(page.getByRole('searchbox'));
};

test('a home visit where there is no network', async ({ browser }) => {
  test.setTimeout(300_000);
  let jennas = await (await browser.newContext()).newPage();
  const hannas = await (await browser.newContext({ colorScheme: 'dark' })).newPage();

  await test.step('the day’s clients come to the computer, and the line is cut', async () => {
    await signInByKeys(jennas, jennasDesk, jenna);
    await expect(jennas.getByText(/^[1-9]\d* asiakas(?:ta)?$/u)).toBeVisible();
    await jennas.keyboard.press('Control+l');
    await expect(jennas.getByLabel('Tunnuslause')).toBeVisible();
    jennasDesk.line.cut();
  });

  await test.step('what to do, risks, and what changed, without a network', async () => {
    await unlockByKeys(jennas);
    await openVisit(jennas, 'tabs');
    await expect(jennas.getByRole('region', { name: 'Osoite ja läheiset' })).toContainText(
      'Rantatie 12',
    );
    await expect(jennas.getByRole('region', { name: 'Riskit ja rajoitteet' })).toContainText(
      'Kaatumisriski on kohonnut',
    );
    await expect(jennas.getByRole('region', { name: /^Muuttunut käyntisi/u })).toBeVisible();
    await expect(task(jennas, walk)).toContainText(
      'Viime käynnillä jäi tekemättä: Piha oli jäässä',
    );
    await expect(task(jennas, reminder)).toContainText('joka ilta');
    await expectAccessible(jennas, 'visit without a network');
  });

  await test.step('at the kitchen table, all of a size for a finger', async () => {
    await jennas.keyboard.press('Alt+0');
    await expectLargeTargets(jennas);
    await expectAccessible(jennas, 'visit at the kitchen table');
  });

  await test.step('done, not done with a reason, and a direction', async () => {
    await choose(jennas, walk, 'Ei tehty');
    await expectFocus(task(jennas, walk).getByRole('textbox', { name: /^Miksi ei tehty/u }));
    await jennas.keyboard.press('Control+Enter');
    await expect(task(jennas, walk)).toContainText('Kirjoita syy');
    await jennas.keyboard.type(reason);
    await choose(jennas, reminder, 'Tehty');
    await choose(jennas, goal, 'huonompi');
    await goTo(jennas, 'Tab', jennas.getByRole('textbox', { name: 'Havainto lääkityksestä' }));
    await jennas.keyboard.type(medication);
    await expect(jennas.getByText(/Luonnos on tallessa tällä koneella/u)).toBeVisible();
  });

  await test.step('the computer dies in the middle, and nothing is lost', async () => {
    await jennasDesk.kill();
    await jennasDesk.restart();
    await jennas.close();
    jennas = await (await browser.newContext()).newPage();
    await unlockByKeys(jennas);
    await openVisit(jennas, 'letter');
    await expect(choice(jennas, walk, 'Ei tehty')).toBeChecked();
    await expect(task(jennas, walk).getByRole('textbox')).toHaveValue(reason);
    await expect(choice(jennas, reminder, 'Tehty')).toBeChecked();
    await expect(choice(jennas, goal, 'huonompi')).toBeChecked();
    await expect(jennas.getByRole('textbox', { name: 'Havainto lääkityksestä' })).toHaveValue(
      medication,
    );
  });

  await test.step('a question to the nurse, and the visit is ended in one write', async () => {
    const text = jennas.getByRole('textbox', { name: 'Mitä haluat kysyä' });
    await goTo(jennas, 'Shift+Tab', jennas.getByRole('button', { name: /^Päätä käynti/u }));
    await goTo(jennas, 'Shift+Tab', text);
    await jennas.keyboard.type(question);
    await expect(jennas.getByRole('combobox', { name: 'Keneltä' })).toHaveValue('Sairaanhoitaja');
    await expect(jennas.getByText('Ei verkkoa: kysymys tallentuu tälle koneelle')).toBeVisible();
    await expectAccessible(jennas, 'visit that is filled in');
    await jennas.keyboard.press('Control+Enter');
    await expect(jennas.getByRole('region', { name: /^Käynti /u })).toBeVisible();
    await expect(jennas.getByText('Tallessa tällä koneella. Ei verkkoa')).toBeVisible();
    await expect(jennas.getByText(medication)).toBeVisible();
    await expect(jennas.getByText(question)).toBeVisible();
    await expectAccessible(jennas, 'visit that is only here');
  });

  await test.step('nobody else has it yet', async () => {
    await signInByKeys(hannas, hannasDesk, hanna);
    await hannas.keyboard.press('Control+1');
    await expect(hannas.getByRole('treegrid', { name: 'Työlista' })).toBeVisible();
    await expect(hannas.getByText(question)).toBeHidden();
  });

  await test.step('the line is back: the receipts, and the nurse’s desk', async () => {
    jennasDesk.line.mend();
    await expect(jennas.getByText(/Alue kuittasi/u)).toBeVisible({ timeout: 90_000 });
    const line = hannas
      .getByRole('treegrid', { name: 'Työlista' })
      .getByRole('row')
      .filter({ hasText: question });
    await expect(line).toContainText('Jenna Huttula', { timeout: 60_000 });
    await expect(
      hannas
        .getByRole('treegrid', { name: 'Työlista' })
        .getByRole('row')
        .filter({ hasText: 'Kivimetsä' })
        .filter({ hasText: 'muut' }),
    ).toBeVisible();
    await expectAccessible(hannas, 'the nurse’s day, dark');
  });

  await test.step('the nurse sees the visit, what was left undone, and its words are found', async () => {
    await hannas.keyboard.press('Control+2');
    await expectFocus(hannas.getByRole('searchbox'));
    await hannas.keyboard.type('kivim');
    await expect(hannas.getByText('1 asiakas', { exact: true })).toBeVisible();
    await hannas.keyboard.press('ArrowDown');
    await hannas.keyboard.press('Enter');
    const last = hannas.getByRole('region', { name: 'Viimeisin käynti' });
    await expect(last).toContainText('Jenna Huttula');
    await expect(last).toContainText(`${walk}: ${reason}`);
    await expectAccessible(hannas, 'overview with a visit, dark');
    await hannas.keyboard.press('Control+k');
    await hannas.keyboard.type('otti sen käynnin');
    await expect(hannas.getByRole('option').filter({ hasText: 'otti sen' })).toBeVisible();
    await hannas.keyboard.press('Enter');
    await expect(hannas.getByRole('region', { name: /^Käynti /u })).toContainText(medication);
    await expectAccessible(hannas, 'visit that another wrote, dark');
  });

  await test.step('a mistake is corrected by a new record that names the old one', async () => {
    await goTo(jennas, 'Tab', jennas.getByRole('button', { name: 'Oikaise' }));
    await jennas.keyboard.press('Enter');
    await expect(choice(jennas, walk, 'Ei tehty')).toBeChecked();
    await expect(jennas.getByText('Oikaiset aiempaa käyntikirjausta.')).toBeVisible();
    await choose(jennas, walk, 'Tehty');
    await jennas.keyboard.press('Control+Enter');
    await expect(jennas.getByText('Oikaisee aiempaa käyntikirjausta')).toBeVisible();
    await expect(jennas.getByText(reason)).toBeHidden();
    await expect(hannas.getByText('Tämä käyntikirjaus on oikaistu.')).toBeVisible({
      timeout: 60_000,
    });
  });

  await test.step('whoever comes back to the page begins another visit', async () => {
    await jennas.keyboard.press('Alt+1');
    await expect(jennas.getByRole('region', { name: 'Viimeisin käynti' })).toBeVisible();
    await jennas.keyboard.press('Alt+9');
    await expect(jennas.getByRole('region', { name: 'Edelliset käynnit' })).toBeVisible();
    await expect(choice(jennas, walk, 'Tehty')).not.toBeChecked();
  });

  await test.step('every look stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});
