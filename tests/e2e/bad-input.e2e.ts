import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { checkCharacterFor } from '#shared/domain/personal-identity-code.ts';
import { startChild, type Child } from './world/child.ts';
import { openPlan, selectRow, signIn, toClients, unlock, write } from './world/window.ts';
import { kaisa, startWorld, ville, type Desk, type World } from './world/world.ts';

/** Whatever comes in, there is a message in words, nothing stored is lost and nothing executes. */

let world: World;

test.beforeAll(async () => {
  world = await startWorld();
});

test.afterAll(async () => {
  await world.end();
});

const action = 'Kävely ulkona iltapäiväkäynnillä';

/** Collects what no page of ours may do: errors in the console, requests to somewhere else. */
const watch = (page: Page): readonly string[] => {
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:')) seen.push(request.url());
  });
  page.on('dialog', (dialog) => seen.push(dialog.message()));
  return seen;
};

const tryIn = async (page: Page, secret: string): Promise<void> => {
  await page.getByLabel('Tunnuslause').fill(secret);
  await page.keyboard.press('Enter');
};

test('the way in says what is wrong and what is safe', async ({ page }) => {
  const desk = await world.startDesk();
  desk.line.cut();
  await desk.open(page);
  await page.getByLabel('Käyttäjätunnus').fill(kaisa.login);
  await tryIn(page, kaisa.secret);
  await expect(page.getByText(/Alueeseen ei saada yhteyttä/u)).toBeVisible();
  desk.line.answer(200, 'text/html', '<!doctype html><h1>Hotelliverkko</h1>');
  await tryIn(page, kaisa.secret);
  await expect(page.getByText(/jokin muu kuin alueen palvelin/u)).toBeVisible();
  desk.line.mend();
  await page.getByLabel('Käyttäjätunnus').fill('ei.ketaan');
  await tryIn(page, kaisa.secret);
  await expect(page.getByText(/Tunnus tai tunnuslause ei täsmää/u)).toBeVisible();
  await page.getByLabel('Käyttäjätunnus').fill(kaisa.login);
  await tryIn(page, 'väärä tunnuslause');
  await expect(page.getByLabel('Tunnuslause')).toHaveValue('');
  await expect(page.getByText(/Tunnus tai tunnuslause ei täsmää/u)).toBeVisible();
  await signIn(page, desk, kaisa);

  await page.keyboard.press('Control+l');
  desk.line.cut();
  await tryIn(page, 'väärä tunnuslause');
  await expect(page.getByText(/Tunnuslause ei avannut tiedostoa.*Mitään ei ole/u)).toBeVisible();
  await unlock(page, desk, kaisa.secret);
  await expect(page.getByText(/Ei verkkoa\. Voit jatkaa/u)).toBeVisible();
});

test('a stranger in the place of the region stops no work and is no region', async ({ page }) => {
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä');
  await selectRow(page, action);
  for (const [status, type, text] of [
    [200, 'text/html', 'Kirjoitettu hotelliverkossa'],
    [500, 'application/json', 'Kirjoitettu palvelimen häiriössä'],
  ] as const) {
    desk.line.answer(status, type, '<h1>Tervetuloa</h1>');
    await write(page, 'Kuvaus', text);
    await expect(page.getByText('Alue ei vastaa niin kuin pitäisi.').first()).toBeVisible();
    await expect(page.getByText(/odottaa lähetystä/u).first()).toBeVisible();
    await expect(page.getByText('Kaikki tallessa alueella')).toBeHidden();
  }
  desk.line.mend();
  await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('textbox', { name: 'Kuvaus', exact: true })).toHaveValue(
    'Kirjoitettu palvelimen häiriössä',
  );
});

/** The one case file of a desk at which one person works. */
const caseFileOf = (desk: Desk): string => {
  const people = path.join(desk.folder, 'people');
  const [person] = readdirSync(people);
  return path.join(people, person ?? '', 'case.db');
};

const spoil = (file: string): void => {
  const handle = openSync(file, 'r+');
  const { size } = fstatSync(handle);
  const noise = Buffer.alloc(4096, 0xa5);
  for (let at = 8192; at < size; at += 4096 * 8) writeSync(handle, noise, 0, 4096, at);
  closeSync(handle);
};

/** Another program of the same computer at the case file. */
const otherProgram = async (...task: readonly string[]): Promise<Child> => {
  const { child } = await startChild('tests/e2e/world/other-program.ts', task, (line) =>
    line === 'done' ? line : null,
  );
  return child;
};

/** Sets the case file aside as the program proposes, and signs in anew. */
const startAnew = async (page: Page, secret: string): Promise<void> => {
  await page.getByRole('button', { name: 'Siirrä sivuun ja aloita alusta…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByText(/siirretään sivuun koskemattomana/u)).toBeVisible();
  await question.getByRole('button', { name: 'Siirrä sivuun' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Kirjaudu' }).click();
  await tryIn(page, secret);
  await toClients(page);
  await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible({ timeout: 60_000 });
};

const villesAction = 'Kotikuntoutus 2 × viikossa, 12 kertaa';

test('a case file that does not open is said, set aside, and what waited in it goes on', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const desk = await world.startDesk();
  await signIn(page, desk, ville);
  const file = caseFileOf(desk);
  const description = page.getByRole('textbox', { name: 'Kuvaus', exact: true });

  const writeUnsent = async (words: string): Promise<void> => {
    await page.keyboard.press('Control+2');
    await openPlan(page, 'Kivimetsä');
    await selectRow(page, villesAction);
    desk.line.cut();
    await write(page, 'Kuvaus', words);
    await expect(page.getByText(/odottaa lähetystä/u).first()).toBeVisible();
  };
  const close = async (): Promise<void> => {
    await page.keyboard.press('Control+l');
    await page.getByLabel('Tunnuslause').waitFor();
    await desk.kill();
  };
  const reopen = async (): Promise<void> => {
    await page.goto('about:blank');
    await desk.restart();
    desk.line.mend();
    await desk.open(page);
    await tryIn(page, ville.secret);
  };
  const expectWords = async (words: string): Promise<void> => {
    await openPlan(page, 'Kivimetsä');
    await selectRow(page, villesAction);
    await expect(description).toHaveValue(words);
  };

  await test.step('another program holds it', async () => {
    await writeUnsent('Portaat mukaan.');
    await page.keyboard.press('Control+l');
    await page.getByLabel('Tunnuslause').waitFor();
    const holder = await otherProgram('hold', file.replace(/\.db$/u, '.lock'));
    await tryIn(page, ville.secret);
    await expect(page.getByText(/auki toisessa ohjelmassa/u)).toBeVisible();
    await holder.end();
    await unlock(page, desk, ville.secret);
    await expectWords('Portaat mukaan.');
  });

  await test.step('damaged: what waited reaches the region from the file set aside', async () => {
    await close();
    spoil(file);
    await reopen();
    await expect(page.getByText(/vioittunut, eikä sitä avattu/u)).toBeVisible();
    await startAnew(page, ville.secret);
    await expectWords('Portaat mukaan.');
  });

  await test.step('without its -wal', async () => {
    await writeUnsent('Portaat ja mäki mukaan.');
    await desk.kill();
    rmSync(`${file}-wal`);
    await reopen();
    await expect(page.getByText(/puuttuu osa, jossa viimeisin työ oli/u)).toBeVisible();
    await startAnew(page, ville.secret);
  });

  await test.step('emptied', async () => {
    await close();
    truncateSync(file, 0);
    await reopen();
    await expect(page.getByText(/Asiakastiedosto on tyhjä/u)).toBeVisible();
    await startAnew(page, ville.secret);
  });

  await test.step('its key taken away: what waited is told, the file stays', async () => {
    await close();
    rmSync(file.replace(/\.db$/u, '.key.json'));
    await reopen();
    await expect(page.getByText(/avaintiedosto puuttuu/u)).toBeVisible();
    expect(existsSync(file)).toBe(true);
    await startAnew(page, ville.secret);
  });

  await test.step('made by a newer program: only an update helps, nothing is set aside', async () => {
    await close();
    await otherProgram('renew', file, ville.secret);
    await reopen();
    await expect(page.getByText(/uudemmalla versiolla\. Siihen ei ole koskettu/u)).toBeVisible();
    await expect(page.getByRole('button', { name: /Siirrä sivuun/u })).toBeHidden();
    expect(existsSync(file)).toBe(true);
  });
});

test('a crash while typing loses nothing', async ({ page }) => {
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä');
  await selectRow(page, action);
  await page.getByRole('textbox', { name: 'Kuvaus', exact: true }).fill('Kesken jäänyt lause');
  await expect(page.getByText(/Luonnos tallessa tällä koneella/u)).toBeVisible();
  await desk.kill();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await desk.restart();
  await unlock(page, desk, kaisa.secret);
  await openPlan(page, 'Kivimetsä');
  await selectRow(page, action);
  await expect(page.getByRole('textbox', { name: 'Kuvaus', exact: true })).toHaveValue(
    'Kesken jäänyt lause',
  );
});

/** Types what a keyboard cannot: sets the field's text as a paste would. */
const paste = (page: Page, field: string, text: string): Promise<void> =>
  page.getByRole('textbox', { name: field, exact: true }).evaluate(
    (element, units) => {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(
        element,
        String.fromCharCode(...units),
      );
      element.dispatchEvent(new Event('input', { bubbles: true }));
    },
    [...Array(text.length).keys()].map((at) => text.charCodeAt(at)),
  );

test('whatever is typed is only text', async ({ page }) => {
  const seen = watch(page);
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await openPlan(page, 'Kivimetsä');
  await selectRow(page, action);
  const description = page.getByRole('textbox', { name: 'Kuvaus', exact: true });

  await test.step('a megabyte is too long, and stays', async () => {
    const megabyte = 'ä'.repeat(1_000_000);
    await write(page, 'Kuvaus', megabyte);
    await expect(page.getByText('Teksti on liian pitkä. Lyhennä sitä;')).toBeVisible();
    expect((await description.inputValue()).length).toBe(megabyte.length);
  });

  await test.step('half a character cannot be stored, and is said', async () => {
    await paste(page, 'Kuvaus', 'ennen \uD800 jälkeen');
    await description.press('Control+Enter');
    await expect(page.getByText('Tekstissä on merkki, jota ei voi tallentaa.')).toBeVisible();
  });

  await test.step('markup, addresses, control characters and turned writing are shown as text', async () => {
    const wild =
      '<img src=x onerror="window.__hit=1"> javascript:window.__hit=2 \u202Eabc \u0007\u0001 \u200B';
    await write(page, 'Keino', '<img src=x onerror="window.__hit=3"> \u202Ekello');
    await write(page, 'Kuvaus', wild);
    await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();
    await expect(description).toHaveValue(wild);
    const row = page.getByRole('row', { name: /onerror/u });
    await expect(row).toBeVisible();
    await expect(row.locator('img')).toHaveCount(0);
    await page.keyboard.press('Alt+5');
    await page.getByRole('button', { name: 'Uusi kirjaus' }).click();
    await write(page, 'Kirjaus', `${wild}\n<script>window.__hit=4</script>`);
    await expect(page.getByRole('article').filter({ hasText: '__hit=4' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('article').filter({ hasText: '__hit=4' })).toBeVisible();
    expect(await page.evaluate(() => Object.hasOwn(window, '__hit'))).toBe(false);
  });

  await test.step('days that are not and years that cannot be', async () => {
    await page.keyboard.press('Alt+2');
    await page.getByRole('row', { name: /onerror/u }).click();
    const ends = page.getByRole('group', { name: 'Päättyy' });
    const type = async (digits: string): Promise<void> => {
      await ends.getByRole('spinbutton').first().focus();
      await page.keyboard.type(digits);
      await description.focus();
    };
    await type('31129999');
    await expect(page.getByText('Vuoden pitää olla välillä 1850–2199.')).toBeVisible();
    await type('29022027');
    await expect(ends).toContainText('28.2.2027');
    await expect(page.getByText('Päivää 29.2.2027 ei ole')).toBeVisible();
    await expect(page.getByText('Kaikki tallessa alueella')).toBeVisible();
  });
  expect(seen).toEqual([]);
});

test('a new client’s code and name are checked', async ({ page }) => {
  const seen = watch(page);
  const desk = await world.startDesk();
  await signIn(page, desk, kaisa);
  await page.getByRole('button', { name: 'Uusi asiakas' }).click();
  const dialog = page.getByRole('dialog');
  const code = dialog.getByRole('textbox', { name: 'Henkilötunnus' });
  const right = checkCharacterFor('010594', '902');
  await code.fill(`010594Y902${right === '0' ? '1' : '0'}`);
  await expect(dialog.getByText(/Tarkistusmerkki ei täsmää/u)).toBeVisible();
  await code.fill(`310294-902${checkCharacterFor('310294', '902')}`);
  await expect(dialog.getByText(/syntymäpäivää ei ole kalenterissa/u)).toBeVisible();
  await code.fill(`010594Y902${right}`);
  await expect(dialog.getByText(/Tarkistusmerkki|kalenterissa/u)).toBeHidden();

  await dialog.getByLabel('Etunimet').fill('Åke');
  await dialog.getByLabel('Sukunimi').fill('Ö'.repeat(201));
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/liian pitkä/u)).toBeVisible();
  await dialog.getByLabel('Sukunimi').fill('Ö'.repeat(200));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Åke Ö/u })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  );
  await page.keyboard.press('Control+2');
  await page.getByRole('searchbox').fill(`010594Y902${right}`);
  await expect(page.getByText('1 asiakas', { exact: true })).toBeVisible();
  expect(seen).toEqual([]);
});
