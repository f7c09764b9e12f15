import { expect, type Locator, type Page } from '@playwright/test';
import type { Desk } from './world.ts';

/** What a person does who uses no mouse. */

/** The focus is there, and it can be seen. */
export const expectFocus = async (place: Locator): Promise<void> => {
  await expect(place).toBeFocused();
  await expect
    .poll(() =>
      place.evaluate((element) => {
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        return outlineStyle !== 'none' || boxShadow !== 'none';
      }),
    )
    .toBe(true);
};

/** Goes on with a key until the focus is there. */
export const goTo = async (
  page: Page,
  key: 'Tab' | 'Shift+Tab' | 'ArrowDown' | 'ArrowUp',
  place: Locator,
): Promise<void> => {
  for (let step = 0; step < 60; step += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press(key);
  }
  await expectFocus(place);
};

/** Signs in and goes to the clients, with everything fetched. */
export const signInByKeys = async (
  page: Page,
  desk: Desk,
  { login, secret }: { readonly login: string; readonly secret: string },
): Promise<void> => {
  await desk.open(page);
  await expectFocus(page.getByLabel('Käyttäjätunnus'));
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(secret);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();
  await page.keyboard.press('Control+2');
  await expectFocus(page.getByRole('searchbox'));
};

/** Finds a client by typing and goes to the plan, its first row in focus. */
export const openPlanByKeys = async (page: Page, typed: string): Promise<void> => {
  await page.keyboard.type(typed);
  await expect(page.getByText('1 asiakas', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { level: 1, name: new RegExp(typed, 'iu') }),
  ).toBeVisible();
  await page.keyboard.press('Alt+2');
  await expectFocus(page.locator('[role=row][aria-selected=true]'));
};
