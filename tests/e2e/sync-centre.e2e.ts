import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectAccessible, openPlan, selectRow, signIn, write } from './world/window.ts';
import { kaisa, startWorld, type Desk, type World } from './world/world.ts';

/** What the sync centre tells of this computer, and what it hands to support. */

let world: World;
let desk: Desk;
let other: Desk;

test.beforeAll(async () => {
  world = await startWorld();
  desk = await world.startDesk();
  other = await world.startDesk();
});

test.afterAll(async () => {
  await world.end();
});

test('this computer, its receipts and the report to support', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(page, desk, kaisa);
  await signIn(elsewhere, other, kaisa);
  await openPlan(page, 'Kivimetsä');
  await selectRow(page, 'Kävely ulkona iltapäiväkäynnillä');
  await write(page, 'Kuvaus', 'Kävelylle joka arkipäivä.');
  await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();

  await page.getByRole('link', { name: 'Synkronointi' }).click();
  const devices = page.getByRole('region', { name: 'Laitteesi' });
  await expect(devices.getByRole('listitem')).toHaveCount(2);
  await expect(devices).toContainText('Tämä kone');
  const receipts = page.getByRole('region', { name: 'Viimeisimmät kuittaukset' });
  await expect(receipts.getByRole('listitem').first()).toContainText('Kivimetsä');
  await expectAccessible(page, 'sync-centre');

  await page.getByRole('button', { name: 'Raportti tukea varten' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region')).toContainText('"protocol"');
  await expectAccessible(page, 'support-report');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Tallenna tiedostoksi' }).press('Enter');
  const report = await readFile(await (await download).path(), 'utf8');
  expect(JSON.parse(report)).toMatchObject({ program: { version: expect.any(String) } });
  expect(report).not.toContain('Kivimetsä');
  expect(report).not.toContain('arkipäivä');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Raportti tukea varten' })).toBeFocused();

  desk.line.cut();
  await page.getByRole('button', { name: 'Synkronoi nyt' }).click();
  await expect(page.getByText('Yritämme itse uudelleen kello')).toBeVisible({ timeout: 60_000 });
});
