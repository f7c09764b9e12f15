import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';

/**
 * The browser itself, before anything is built on it: it runs with web security on, and Finnish
 * text gets real glyphs in the families the window asks for.
 */

const sample = `<!doctype html><meta charset="utf-8">
  <p id="sans" style="font-family: system-ui, sans-serif">Äidin avokuntoutus, žšõ – 20 % ≥ 5 €</p>
  <p id="serif" style="font-family: serif">”Haluan nukkua omassa sängyssäni.”</p>
  <p id="bold" style="font: 650 16px system-ui, sans-serif">Hyvä omahoito ja kävely</p>`;

test('text is drawn with the fonts of the tests', async ({ page }) => {
  await page.setContent(sample);
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const familyOf = async (selector: string): Promise<readonly string[]> => {
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.map(({ familyName }) => familyName);
  };
  test.skip(process.platform !== 'linux', 'Elsewhere the fonts of the system are used.');
  expect((await familyOf('#sans'))[0]).toMatch(/^Noto Sans/);
  expect((await familyOf('#serif'))[0]).toMatch(/^Noto Serif/);
  expect((await familyOf('#bold'))[0]).toMatch(/^Noto Sans/);
});

test('web security is on: a page cannot read another origin', async ({ page }) => {
  const serve = async (type: string, body: string): Promise<Server> => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const address = (server: Server): string =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const own = await serve('text/html', '<!doctype html>');
  const other = await serve('text/plain', 'secret');
  try {
    await page.goto(address(own));
    const answer = await page.evaluate(
      (url) =>
        fetch(url).then(
          (response) => response.text(),
          () => 'refused',
        ),
      address(other),
    );
    expect(answer).toBe('refused');
  } finally {
    own.close();
    other.close();
  }
});
