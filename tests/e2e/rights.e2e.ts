import { expect, test, type Browser, type Page } from '@playwright/test';
import aune from '#resources/demo/aune-kivimetsa.json' with { type: 'json' };
import { expectAccessible, openPlan, signIn, toClients } from './world/window.ts';
import { accountOf, kaisa, startWorld, type World } from './world/world.ts';

/**
 * Rights, end to end, in real windows over real processes: a doctor who has nothing to do with the client
 * opens her in an emergency, the client's own worker finds it in the log, the data protection officer
 * reviews it, and a permission shows beforehand whom it opens the client to.
 */

const doctor = accountOf('elisa.kuusamo');
const officer = accountOf('olli.metsakoski');
const administrator = accountOf('sirpa.rautio');
const reason = 'Tajuton asiakas päivystyksessä';

let world: World;

test.beforeAll(async () => {
  world = await startWorld();
});

test.afterAll(async () => {
  await world.end();
});

const atDesk = async (
  browser: Browser,
  account: { readonly login: string; readonly secret: string },
): Promise<Page> => {
  const desk = await world.startDesk();
  const page = await (
    await browser.newContext({ viewport: { width: 1366, height: 768 } })
  ).newPage();
  await desk.open(page);
  await page.getByLabel('Käyttäjätunnus').fill(account.login);
  await page.getByLabel('Tunnuslause').fill(account.secret);
  await page.keyboard.press('Enter');
  await toClients(page);
  return page;
};

test('a client opened in an emergency is seen by the client’s worker and the privacy officer', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const doctors = await atDesk(browser, doctor);

  await test.step('the doctor finds the client by code and opens her on a ground', async () => {
    await doctors.getByRole('button', { name: 'Etsi alueelta' }).first().click();
    const dialog = doctors.getByRole('dialog', { name: 'Etsi asiakas alueelta' });
    await dialog.getByLabel('Henkilötunnus').fill(aune.personalIdentityCode);
    await dialog.getByRole('button', { name: 'Hae', exact: true }).click();
    await expect(dialog.getByText('Kivimetsä')).toBeVisible();
    await expectAccessible(doctors, 'a client found');
    await dialog.getByText('Hengen tai terveyden vaara', { exact: false }).click();
    await dialog.getByLabel('Miksi tiedot tarvitaan?').fill(reason);
    await dialog.getByRole('button', { name: 'Avaa hätäavauksena' }).click();
    await expect(doctors.getByRole('heading', { level: 1, name: /Kivimetsä/u })).toBeVisible({
      timeout: 60_000,
    });
    await expect(doctors.getByText('Hätäavaus.')).toBeVisible();
    await expect(doctors.getByText(/jäljellä/u)).toBeVisible();
    await expectAccessible(doctors, 'an emergency open');
  });

  await test.step('ending it closes the client at once', async () => {
    await doctors.getByRole('button', { name: 'Lopeta', exact: true }).click();
    await expect(doctors.getByText('Hätäavaus.')).toBeHidden({ timeout: 60_000 });
  });

  const kaisas = (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  const page = await kaisas;
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä');

  await test.step('the client’s worker reads it in the client’s log', async () => {
    await page.getByRole('link', { name: 'Loki' }).last().click();
    await page.getByLabel('Miksi loki luetaan').fill('Asiakkaan pyyntö 25.11.');
    await page.getByRole('button', { name: 'Näytä loki' }).click();
    await expect(page.getByRole('table').getByText('Elisa Kuusamo').first()).toBeVisible({
      timeout: 60_000,
    });
    await expect(
      page.getByRole('table').getByText('Avasi tiedot hätätilanteessa').first(),
    ).toBeVisible();
    await expect(page.getByRole('table').getByText('Kaisa Vuorela').first()).toBeVisible();
    await expectAccessible(page, 'the client’s log');
  });

  await test.step('who sees what is told, and why I see this', async () => {
    await page.keyboard.press('Alt+4');
    await expect(page.getByText('Kotiin annettavat palvelut yhdessä')).toBeVisible();
    await expectAccessible(page, 'permissions');
    await page.getByText('Kuka näkee mitä ja miksi').click();
    await expect(page.getByText('Ville Saarela').first()).toBeVisible();
    await expectAccessible(page, 'who sees what');
    await page.getByRole('link', { name: 'Näet tämän, koska olet omatyöntekijä' }).click();
    await expect(page.getByRole('dialog')).toContainText('703/2023');
    await expectAccessible(page, 'why I see this');
    await page.keyboard.press('Escape');
  });

  await test.step('the privacy officer finds the emergency waiting for review', async () => {
    const officers = await atDesk(browser, officer);
    await officers.locator('nav a[href="#/privacy"]').click();
    await expect(officers.getByText(reason)).toBeVisible({ timeout: 60_000 });
    await expect(officers.getByText('Elisa Kuusamo').first()).toBeVisible();
    await expectAccessible(officers, 'privacy review');
  });

  await test.step('the administrator sees people, devices and nothing of any plan', async () => {
    const administrators = await atDesk(browser, administrator);
    await administrators.locator('nav a[href^="#/administration"]').click();
    await expect(administrators.getByText('Elisa Kuusamo').first()).toBeVisible({
      timeout: 60_000,
    });
    for (const tab of ['Yksiköt', 'Asiakassuhteet', 'Laitteet', 'Kahdesti kirjatut', 'Henkilöt']) {
      await administrators.getByRole('link', { name: tab }).click();
      await expectAccessible(administrators, tab);
    }
  });

  await test.step('every look of it stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});
