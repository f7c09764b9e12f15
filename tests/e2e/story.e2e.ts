import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, openPlan, selectRow, signIn, unlock, write } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/**
 * The main job, end to end, in real windows over real processes: a social worker and a physiotherapist at
 * one plan, one of them without a network, the server killed in the middle, a workstation killed with
 * unsent work.
 */

const goal = 'Käy saunassa kerran viikossa turvallisesti';
const kaisasGoal = 'Käy lauantaisin saunassa tyttären kanssa';
const villesGoal = 'Käy saunassa istuen, enintään 15 minuuttia';
const kaisasAction = 'Kävely ulkona iltapäiväkäynnillä';
const villesAction = 'Kotikuntoutus 2 × viikossa, 12 kertaa';

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

const atRegion = (page: Page) => page.getByText('Kaikki tallessa alueella');
const description = 'Kuvaus';

test('two professionals, one plan, one of them offline', async ({ browser }) => {
  test.setTimeout(240_000);
  const kaisas = await (await browser.newContext()).newPage();
  let villes = await (await browser.newContext()).newPage();

  await test.step('both sign in and open the same plan', async () => {
    await kaisasDesk.open(kaisas);
    await expectAccessible(kaisas, 'sign-in');
    await signIn(kaisas, kaisasDesk, kaisa);
    await signIn(villes, villesDesk, ville);
    await expectAccessible(kaisas, 'clients');
    await openPlan(kaisas, 'Kivimetsä');
    await openPlan(villes, 'Kivimetsä');
    await expectAccessible(kaisas, 'plan');
  });

  await test.step('an edit online is seen at the other desk', async () => {
    await selectRow(kaisas, kaisasAction);
    await write(kaisas, description, 'Kävelylle joka arkipäivä, jos ei ole liukasta.');
    await expect(atRegion(kaisas)).toBeVisible();
    await selectRow(villes, kaisasAction);
    await expect(villes.getByRole('textbox', { name: description, exact: true })).toHaveValue(
      'Kävelylle joka arkipäivä, jos ei ole liukasta.',
    );
  });

  await test.step('Ville works without a network', async () => {
    villesDesk.line.cut();
    await selectRow(villes, villesAction);
    await write(villes, description, 'Portaat mukaan kolmannesta kerrasta alkaen.');
    await selectRow(villes, goal);
    await write(villes, 'Tavoite', villesGoal);
    await expect(villes.getByText(/odottaa lähetystä/u).first()).toBeVisible();
    await expect(atRegion(villes)).toBeHidden();
    await expectAccessible(villes, 'plan without a network');
  });

  await test.step('Kaisa writes to the same goal; the server is killed and comes back', async () => {
    await selectRow(kaisas, goal);
    await write(kaisas, 'Tavoite', kaisasGoal);
    await expect(atRegion(kaisas)).toBeVisible();
    await world.killServer();
    await selectRow(kaisas, kaisasAction);
    await write(kaisas, description, 'Kävelylle joka päivä.');
    await expect(kaisas.getByText(/odottaa lähetystä/u).first()).toBeVisible();
    await world.restartServer();
    await expect(atRegion(kaisas)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('Ville’s workstation is killed with unsent work and opened again', async () => {
    await villesDesk.kill();
    await villesDesk.restart();
    await villes.close();
    villes = await (await browser.newContext()).newPage();
    await villesDesk.open(villes);
    await expect(villes.getByText('Ville Saarela')).toBeVisible();
    await expectAccessible(villes, 'unlock');
    await unlock(villes, villesDesk, ville.secret);
    await openPlan(villes, 'Kivimetsä');
    await selectRow(villes, villesGoal);
    await selectRow(villes, villesAction);
    await expect(villes.getByRole('textbox', { name: description, exact: true })).toHaveValue(
      'Portaat mukaan kolmannesta kerrasta alkaen.',
    );
  });

  await test.step('back online both see both versions, in words', async () => {
    villesDesk.line.mend();
    for (const page of [kaisas, villes]) {
      await expect(page.getByText(/2 versiota/u).first()).toBeVisible({ timeout: 90_000 });
    }
    await kaisas
      .getByRole('treegrid')
      .getByText(/2 versiota/u)
      .first()
      .click();
    await expect(kaisas.getByText(/Fysioterapeutti Ville Saarela/u).first()).toBeVisible();
    await kaisas
      .getByRole('button', { name: 'Ratkaise' })
      .or(kaisas.getByRole('link', { name: 'Ratkaise' }))
      .first()
      .click();
    await expect(
      kaisas.getByText(/Fysioterapeutti.*Ville Saarela.*kirjoitti.*sinä.*klo/u),
    ).toBeVisible();
    await expect(kaisas.locator('ins', { hasText: 'lauantaisin' })).toBeVisible();
    await expect(kaisas.locator('ins', { hasText: 'istuen, enintään 15 minuuttia' })).toBeVisible();
    await expectAccessible(kaisas, 'conflict');
  });

  await test.step('closing decides nothing; Kaisa decides; both end equal', async () => {
    await kaisas.getByRole('button', { name: 'Jätä auki' }).click();
    await expect(villes.getByText(/2 versiota/u).first()).toBeVisible();
    await kaisas
      .getByRole('treegrid')
      .getByText(/2 versiota/u)
      .first()
      .click();
    await kaisas
      .getByRole('button', { name: 'Ratkaise' })
      .or(kaisas.getByRole('link', { name: 'Ratkaise' }))
      .first()
      .click();
    await kaisas.getByRole('radio', { name: /Pidä: Ville/u }).check({ force: true });
    await kaisas.getByRole('button', { name: /^Pidä: Ville/u }).click();
    for (const page of [kaisas, villes]) {
      await expect(page.getByRole('treegrid').getByText(villesGoal)).toBeVisible({
        timeout: 60_000,
      });
      await expect(page.getByText(/2 versiota/u)).toBeHidden();
      await selectRow(page, villesAction);
      await expect(page.getByRole('textbox', { name: description, exact: true })).toHaveValue(
        'Portaat mukaan kolmannesta kerrasta alkaen.',
      );
      await selectRow(page, kaisasAction);
      await expect(page.getByRole('textbox', { name: description, exact: true })).toHaveValue(
        'Kävelylle joka päivä.',
      );
      await expect(atRegion(page)).toBeVisible({ timeout: 60_000 });
    }
  });

  await test.step('the other screens are accessible too', async () => {
    for (const tab of ['Kokonaiskuva', 'Tiimi', 'Kirjaukset']) {
      await kaisas
        .getByRole('navigation', { name: 'Asiakkaan sivut' })
        .getByRole('link', { name: new RegExp(`^${tab}`, 'u') })
        .click();
      await expect(kaisas.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(kaisas, tab);
    }
    await kaisas.getByRole('link', { name: /^Synkronointi/u }).click();
    await expectAccessible(kaisas, 'sync centre');
  });

  await test.step('every look of it stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});
