import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, openPlan, selectRow, signIn } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/** Two people at one plan see each other, and what the other writes, for as long as it is so. */

const action = 'Kävely ulkona iltapäiväkäynnillä';
const field = 'Kuvaus';

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

const faces = (page: Page) => page.getByRole('button', { name: /^Avoinna myös: / });
const box = (page: Page) => page.getByRole('textbox', { name: field, exact: true });

/** Where what stands below and beside the faces and the sign is: none of it may move. */
const places = async (page: Page) =>
  Promise.all(
    [page.getByRole('treegrid'), box(page), page.getByText('Näet tämän, koska', { exact: false })]
      .map((each) => each.first().boundingBox())
      .map(async (each) => JSON.stringify(await each)),
  );

test('two people at one plan see each other', async ({ browser }) => {
  test.setTimeout(240_000);
  const kaisas = await (await browser.newContext()).newPage();
  const villes = await (await browser.newContext()).newPage();
  await signIn(kaisas, kaisasDesk, kaisa);
  await signIn(villes, villesDesk, ville);

  await openPlan(kaisas, 'Kivimetsä');
  await selectRow(kaisas, action);
  await expect(box(kaisas)).toBeVisible();
  await expect(faces(kaisas)).toBeHidden();
  const alone = await places(kaisas);

  await test.step('a face when the other opens the plan, and nothing moves', async () => {
    await openPlan(villes, 'Kivimetsä');
    await expect(faces(kaisas)).toHaveAccessibleName('Avoinna myös: Ville Saarela');
    await expect(faces(villes)).toHaveAccessibleName('Avoinna myös: Kaisa Vuorela');
    expect(await places(kaisas)).toEqual(alone);
    await expectAccessible(kaisas, 'plan that another has open');
  });

  await test.step('the group that the other writes says so before one begins', async () => {
    await selectRow(villes, action);
    await box(villes).pressSequentially('Kävelylle kahdesti', { delay: 20 });
    const here = kaisas.getByText('Ville Saarela kirjoittaa tässä');
    await expect(here).toHaveCount(1);
    await expect(here).toBeVisible();
    await kaisas.screenshot({ path: 'test-results/presence-writing.png' });
    expect(await places(kaisas)).toEqual(alone);
    await expectAccessible(kaisas, 'group that another writes');
    await box(villes).press('Control+Enter');
    await expect(here).toBeHidden();
    await expect(faces(kaisas)).toBeVisible();
  });

  await test.step('by keyboard, the names stand in a list', async () => {
    await faces(kaisas).focus();
    await kaisas.keyboard.press('Enter');
    const list = kaisas.getByRole('dialog', { name: 'Avoinna myös' });
    await expect(list.getByText('Ville Saarela')).toBeVisible();
    await kaisas.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(faces(kaisas)).toBeFocused();
  });

  await test.step('gone at once when the other leaves, and back', async () => {
    await villes.getByRole('link', { name: 'Asiakkaat', exact: true }).first().click();
    await expect(faces(kaisas)).toBeHidden();
    await villes.goBack();
    await expect(faces(kaisas)).toBeVisible();
  });

  await test.step('gone on both sides when the line is cut, back when it is mended', async () => {
    villesDesk.line.cut();
    await expect(faces(villes)).toBeHidden();
    await expect(faces(kaisas)).toBeHidden();
    villesDesk.line.mend();
    await expect(faces(villes)).toBeVisible({ timeout: 60_000 });
    await expect(faces(kaisas)).toBeVisible();
  });

  await test.step('gone when the other locks', async () => {
    await villes.keyboard.press('Control+l');
    await expect(villes.getByLabel('Tunnuslause')).toBeVisible();
    await expect(faces(kaisas)).toBeHidden();
    expect(await places(kaisas)).toEqual(alone);
  });
});
