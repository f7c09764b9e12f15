import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectFocus, goTo, openPlanByKeys, signInByKeys } from './world/keys.ts';
import { expectAccessible } from './world/window.ts';
import { accountOf, startWorld, type Desk, type World } from './world/world.ts';

/**
 * Two edits of one action without a network, by a doctor and a home-care nurse: both versions stand until
 * one of them writes a joint one, and nothing is gone from history. With the keyboard alone.
 */

let world: World;
let doctorsDesk: Desk;
let nursesDesk: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  doctorsDesk = await world.startDesk();
  nursesDesk = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

const action = 'Kävely ulkona iltapäiväkäynnillä';
const doctors = 'Kävely ulkona päivittäin, kesto 20 minuuttia';
const nurses = 'Kävely ulkona iltapäiväkäynnillä, jos ei ole liukasta';
const joint = 'Kävely ulkona päivittäin 20 minuuttia, jos ei ole liukasta';

const rowOf = (page: Page, text: string) => page.getByRole('row', { name: text });

/** Goes to the row, opens its panel and writes its name anew. */
const rename = async (page: Page, from: string, to: string): Promise<void> => {
  await goTo(page, 'ArrowDown', rowOf(page, from));
  await page.keyboard.press('F2');
  await expectFocus(page.getByRole('textbox', { name: 'Keino', exact: true }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(to);
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Escape');
  await expectFocus(rowOf(page, to));
};

test('a doctor and a nurse write over each other, and nobody’s words are gone', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const doctor = await (await browser.newContext()).newPage();
  const nurse = await (await browser.newContext()).newPage();
  await signInByKeys(doctor, doctorsDesk, accountOf('antti.rautakoski'));
  await signInByKeys(nurse, nursesDesk, accountOf('jenna.huttula'));
  await openPlanByKeys(doctor, 'kivimetsä');
  await openPlanByKeys(nurse, 'kivimetsä');

  await test.step('both write without a network', async () => {
    doctorsDesk.line.cut();
    nursesDesk.line.cut();
    await rename(doctor, action, doctors);
    await rename(nurse, action, nurses);
    doctorsDesk.line.mend();
    nursesDesk.line.mend();
    for (const page of [doctor, nurse]) {
      await expect(page.getByText(/2 versiota/u).first()).toBeVisible({ timeout: 90_000 });
    }
  });

  await test.step('F9 leads to it; closing decides nothing', async () => {
    await nurse.keyboard.press('F9');
    await nurse.keyboard.press('F2');
    await goTo(nurse, 'Shift+Tab', nurse.getByRole('link', { name: 'Ratkaise' }));
    await nurse.keyboard.press('Enter');
    await expect(nurse.getByText(/Lääkäri.*Antti Rautakoski/u).first()).toBeVisible();
    await expect(nurse.locator('ins', { hasText: 'päivittäin' }).first()).toBeVisible();
    await expectAccessible(nurse, 'two versions of an action');
    await nurse.keyboard.press('Escape');
    await expect(nurse.getByText(/2 versiota/u).first()).toBeVisible();
  });

  await test.step('a joint version settles it at both desks', async () => {
    await nurse.keyboard.press('F9');
    await nurse.keyboard.press('F2');
    await goTo(nurse, 'Shift+Tab', nurse.getByRole('link', { name: 'Ratkaise' }));
    await nurse.keyboard.press('Enter');
    await goTo(nurse, 'Tab', nurse.getByRole('textbox', { name: 'Keino', exact: true }));
    await nurse.keyboard.press('Control+a');
    await nurse.keyboard.type(joint);
    await nurse.keyboard.press('Control+Enter');
    for (const page of [doctor, nurse]) {
      await expect(rowOf(page, joint)).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/2 versiota/u)).toBeHidden();
    }
  });

  await test.step('history tells of all three', async () => {
    await goTo(nurse, 'Tab', rowOf(nurse, joint));
    await nurse.keyboard.press('h');
    const versions = nurse.getByRole('article');
    await expect(versions).toHaveCount(4, { timeout: 60_000 });
    const added = (version: Locator, text: string) => version.locator('ins', { hasText: text });
    const settling = versions.filter({ hasText: 'ratkaisi 2 versiota' });
    await expect(added(settling, 'minuuttia, jos ei ole liukasta')).toBeVisible();
    const written = versions.filter({ hasText: 'muutti' });
    const byDoctor = written.filter({ hasText: 'Antti Rautakoski' });
    await expect(added(byDoctor, 'päivittäin, kesto 20 minuuttia')).toBeVisible();
    const byNurse = written.filter({ hasText: 'Jenna Huttula' });
    await expect(added(byNurse, 'iltapäiväkäynnillä, jos ei ole liukasta')).toBeVisible();
    await expectAccessible(nurse, 'the versions of an action');
  });
});
