import { expect, test } from '@playwright/test';
import { expectAccessible, signIn } from './world/window.ts';
import { kaisa, startWorld, type World } from './world/world.ts';

/** Who the client is: read, mended, and covered where a restraint on disclosure asks for it. */

let world: World;

test.beforeAll(async () => {
  world = await startWorld();
});

test.afterAll(async () => {
  await world.end();
});

const picture = (name: string): string | undefined => {
  const folder = process.env['PUNOS_PICTURES'];
  return folder === undefined ? undefined : `${folder}/${name}.png`;
};

test('the client’s details', async ({ page }) => {
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  const take = async (name: string): Promise<void> => {
    const path = picture(name);
    if (path !== undefined) await page.screenshot({ path });
  };

  await test.step('Enter right after the name opens that client, not the one before', async () => {
    await page.getByRole('searchbox').pressSequentially('Kivimetsä');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Kivimetsä');
  });

  await test.step('Alt 6 opens the details', async () => {
    await page.keyboard.press('Alt+6');
    await expect(page.getByRole('region', { name: 'Henkilötiedot' }).first()).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Äidinkieli' })).toHaveValue('suomi');
    await take('details');
    await expectAccessible(page, 'details');
  });

  await test.step('a code is checked as it is written, and what is wrong is said', async () => {
    const code = page.getByLabel('Henkilötunnus', { exact: true });
    const right = await code.inputValue();
    for (const [wrong, words] of [
      ['130152', 'Henkilötunnus kirjoitetaan muodossa'],
      [`${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`, 'Tarkistusmerkki ei täsmää'],
      [`310252${right.slice(6)}`, /ei ole kalenterissa|Tarkistusmerkki/u],
    ] as const) {
      await code.fill(wrong);
      await code.press('Control+Enter');
      await expect(page.getByText(words)).toBeVisible();
    }
    await take('details-wrong-code');
    await expectAccessible(page, 'details with a wrong code');
    await code.fill(right.toLowerCase());
    await code.press('Control+Enter');
    await expect(page.getByText(/Tarkistusmerkki ei täsmää/u)).toBeHidden();
  });

  await test.step('a name in use is written and seen in the bar', async () => {
    const name = page.getByLabel('Kutsumanimi');
    await name.fill('Auni');
    await name.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Auni Kivimetsä');
  });

  await test.step('a mother tongue is chosen by typing', async () => {
    const tongue = page.getByRole('combobox', { name: 'Äidinkieli' });
    await tongue.click();
    await tongue.press('Control+a');
    await tongue.pressSequentially('inarins');
    await page.getByRole('option', { name: 'inarinsaame' }).click();
    await page.keyboard.press('Control+Enter');
    await expect(tongue).toHaveValue('inarinsaame');
  });

  await test.step('a restraint covers the contact details until somebody asks', async () => {
    await expect(page.getByLabel('Puhelin')).toBeVisible();
    await page.getByText('Turvakielto', { exact: true }).last().click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Yhteystiedot on peitetty')).toBeVisible();
    await expect(page.getByLabel('Puhelin')).toBeHidden();
    await expect(page.locator('.client-bar').getByText('Turvakielto')).toBeVisible();
    await take('details-restraint');
    await expectAccessible(page, 'details covered');
    await page.getByRole('button', { name: 'Näytä', exact: true }).click();
    await expect(page.getByLabel('Puhelin')).toBeVisible();
    await take('details-shown');
    await page.keyboard.press('Alt+2');
    await expect(page.getByRole('treegrid')).toBeVisible();
    await page.keyboard.press('Alt+6');
    await expect(page.getByLabel('Puhelin')).toBeHidden();
  });

  await test.step('a gap’s link goes to the field that mends it', async () => {
    await page.keyboard.press('Alt+2');
    await page.getByText('Nimeä sijainen').first().click();
    await expect(page.getByRole('combobox', { name: 'Sijainen' })).toBeFocused();
  });

  await test.step('the palette opens the first answer, pressed before it has come', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('searchbox').pressSequentially('Kivimetsä');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page).toHaveURL(/#\/clients\/[^/]+\/overview/u);
  });

  await test.step('every look of it stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});
