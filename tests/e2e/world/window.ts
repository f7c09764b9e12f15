import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Desk } from './world.ts';

/** What a person does in the window, in their words. */

/** Whoever opens the desk begins at their own day; from there to the clients by key. */
export const toClients = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Oma päivä', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Asiakkaat', level: 1 })).toBeVisible();
};

export const signIn = async (
  page: Page,
  desk: Desk,
  account: { readonly login: string; readonly secret: string },
): Promise<void> => {
  await desk.open(page);
  await page.getByLabel('Käyttäjätunnus').fill(account.login);
  await page.getByLabel('Tunnuslause').fill(account.secret);
  await page.keyboard.press('Enter');
  await toClients(page);
  await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();
  // Until the first clients stand in the list, its empty state has buttons of its own.
  await expect(page.getByText(/^[1-9]\d* asiakas(?:ta)?$/u)).toBeVisible();
};

/** Opens the case file that is on this computer already; needs no network. */
export const unlock = async (page: Page, desk: Desk, secret: string): Promise<void> => {
  await desk.open(page);
  await page.getByLabel('Tunnuslause').fill(secret);
  await page.keyboard.press('Enter');
  await toClients(page);
};

/** Finds a client by typing and opens the plan. */
export const openPlan = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('searchbox').fill(name);
  await expect(page.getByText('1 asiakas', { exact: true })).toBeVisible();
  await page.getByRole('searchbox').press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /^Suunnitelma/u }).click();
  await expect(page.getByRole('treegrid')).toBeVisible();
};

export const selectRow = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('treegrid').getByText(text, { exact: true }).click();
};

/** Types into a field of the side panel and finishes it, as Ctrl+Enter does. */
export const write = async (page: Page, field: string, text: string): Promise<void> => {
  const box = page.getByRole('textbox', { name: field, exact: true });
  await box.fill(text);
  await box.press('Control+Enter');
};

/** Resolves when the page has not changed for a while: colours and places are judged of what stands. */
const atRest = (page: Page): Promise<void> =>
  page.evaluate(
    (quietMs) =>
      new Promise<void>((resolve) => {
        const watching = new MutationObserver(() => {
          clearTimeout(resting);
          resting = setTimeout(done, quietMs);
        });
        const done = (): void => {
          watching.disconnect();
          resolve();
        };
        let resting = setTimeout(done, quietMs);
        watching.observe(document, { subtree: true, childList: true, attributes: true });
      }),
    250,
  );

/**
 * No violations of WCAG 2.2 A and AA, nor of axe's best practices. The window has no frames, so axe may
 * run where it stands; and only what it finds is asked for, not what it passed.
 */
export const expectAccessible = async (page: Page, screen: string): Promise<void> => {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    screen,
  ).toEqual([]);
};
