import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, openPlan, selectRow, signIn, write } from './world/window.ts';
import { kaisa, startWorld, type World } from './world/world.ts';

/** Who wrote what, and what the plan was: found, read and left by keyboard, without a network too. */

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

const firstVersions = (page: Page) => page.getByRole('article');

test('history of one’s own client', async ({ page }) => {
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä Aune');

  await test.step('H on a row opens its versions, the newest first, with what changed', async () => {
    await page.getByRole('treegrid').getByRole('row').nth(1).click();
    const title = page.getByRole('textbox', { name: 'Otsikko', exact: true });
    const before = await title.inputValue();
    await write(page, 'Otsikko', `${before} kesällä`);
    await selectRow(page, `${before} kesällä`);
    await page.keyboard.press('h');
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Versiot: Tarve');
    await expect(firstVersions(page).first()).toContainText('muutti');
    await expect(firstVersions(page).first().locator('ins')).toContainText('kesällä');
    await expect(firstVersions(page).last()).toContainText('kirjoitti');
    await expect(page.getByText('tältä tietokoneelta')).toBeVisible();
    await take(page, 'history-versions');
    await expectAccessible(page, 'versions of a group');
  });

  await test.step('Alt 8 opens the timeline, which is searched by word and person', async () => {
    await page.keyboard.press('Alt+8');
    await expect(page.getByRole('heading', { name: 'Historia', level: 2 })).toBeVisible();
    await expect(firstVersions(page).first()).toContainText('Kaisa Vuorela');
    await take(page, 'history-timeline');
    await expectAccessible(page, 'timeline');
    const all = await firstVersions(page).count();
    await page.getByRole('search').getByRole('searchbox').fill('kesällä');
    await expect(firstVersions(page)).toHaveCount(1);
    expect(all).toBeGreaterThan(1);
    await page.getByRole('search').getByRole('searchbox').fill('sanaa jota ei ole');
    await page.getByRole('button', { name: 'Poista rajaukset' }).click();
    await expect(firstVersions(page)).toHaveCount(all);
    await page.getByRole('button', { name: 'Näytä vanhemmat' }).click();
    await expect.poll(() => firstVersions(page).count()).toBeGreaterThan(all);
  });

  await test.step('it is bounded by the meetings in which the plan was made', async () => {
    const all = await firstVersions(page).count();
    const since = page.getByRole('button', { name: /Palaverista lähtien/u });
    await since.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    const meeting = await page.getByRole('option').last().innerText();
    await page.keyboard.press('Enter');
    await expect(since).toContainText(meeting);
    const [day = ''] = meeting.split(' ');
    await expect(page.getByRole('group', { name: 'Alkaen' })).toContainText(day);
    await expect(firstVersions(page).first()).toContainText('kesällä');
    await page.getByRole('button', { name: /Palaveriin asti/u }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(page.getByText('kesällä')).toHaveCount(0);
    await take(page, 'history-between-meetings');
    await expectAccessible(page, 'history between meetings');
    await page.getByRole('button', { name: 'Poista rajaukset' }).click();
    await expect(firstVersions(page)).toHaveCount(all);
  });

  await test.step('without a network it is the same, and who has read the plan says so', async () => {
    desk.line.cut();
    await page.keyboard.press('Alt+2');
    const readers = page.getByRole('region', { name: 'Kuka on lukenut suunnitelman' });
    await expect(readers).toContainText(/on kuitannut 0\/\d+ tiimistä/u);
    const acknowledge = readers.getByRole('button', { name: 'Kuittaan lukeneeni' });
    await acknowledge.focus();
    await page.keyboard.press('Enter');
    await expect(readers).toContainText(/on kuitannut 1\/\d+ tiimistä:.*Kaisa Vuorela/u);
    await expect(acknowledge).toHaveCount(0);
    await take(page, 'plan-readers');
    await expectAccessible(page, 'who has read the plan');
    await page.keyboard.press('Alt+8');
    await expect(firstVersions(page).first()).toContainText('kuittasi lukeneensa');
    await expect(firstVersions(page).nth(1)).toContainText('kesällä');
    await expect(page.getByText('tältä tietokoneelta')).toBeVisible();
    await take(page, 'history-readers');
  });

  await test.step('an earlier version’s reader leads to what has changed since', async () => {
    const since = page.getByRole('link', { name: /^Muutokset .* alkaen$/u }).first();
    const [day = ''] = /\d{4}/u.exec(await since.innerText()) ?? [];
    await since.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: 'Alkaen' })).toContainText(day);
    await expect(firstVersions(page).nth(1)).toContainText('kesällä');
  });

  await test.step('the plan of a day is marked, read-only, and left by its link', async () => {
    await page.getByRole('button', { name: 'Näytä', exact: true }).click();
    await expect(
      page.getByRole('heading', { name: /^Suunnitelma sellaisena kuin se oli/u }),
    ).toBeVisible();
    await expect(page.getByRole('treegrid')).toContainText('kesällä');
    await expect(page.getByRole('button', { name: 'Lisää tarve' })).toHaveCount(0);
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await expect(
      page.getByRole('heading', { name: 'Laadintapalaverit', exact: true }),
    ).toBeVisible();
    await take(page, 'history-day');
    await expectAccessible(page, 'the plan of a day');
    await page.getByRole('button', { name: 'Edellinen päivä' }).click();
    await expect(page.getByText(/^Suunnitelmaa ei vielä ollut/u)).toBeVisible();
    await page.getByRole('link', { name: 'Takaisin nykyiseen suunnitelmaan' }).click();
    await expect(page.getByRole('button', { name: 'Lisää tarve' })).toBeVisible();
    desk.line.mend();
  });

  await test.step('every look of it stands in the region’s log of use', async () => {
    await world.expectLooksLogged();
  });
});
