import { expect, it } from 'vitest';
import { openContractClient, type HostingWindow } from './open-client.ts';

const page = (hash: string, stored: Record<string, string> = {}) => {
  const replaced: string[] = [];
  const window: HostingWindow = {
    location: { host: '127.0.0.1:1', pathname: '/', hash },
    history: { replaceState: (_data, _unused, url) => void replaced.push(url) },
    sessionStorage: {
      getItem: (key) => stored[key] ?? null,
      setItem: (key, value) => {
        stored[key] = value;
      },
    },
  };
  return { window, replaced, stored };
};

it('has no client without a token, nor with one that no host made', () => {
  expect(openContractClient(page('').window)).toBeNull();
  expect(openContractClient(page('#token=').window)).toBeNull();
  expect(openContractClient(page('#token=a%20b').window)).toBeNull();
});

it('takes the token out of the address and keeps it for this tab', () => {
  const { window, replaced, stored } = page('#token=abc_-1');
  const client = openContractClient(window);
  client?.close();
  expect(client).not.toBeNull();
  expect(replaced).toEqual(['/']);
  expect(Object.values(stored)).toEqual(['abc_-1']);

  const again = openContractClient(page('', stored).window);
  again?.close();
  expect(again).not.toBeNull();
});

it('prefers the preload’s bridge', async () => {
  const sent: string[] = [];
  const client = openContractClient({
    ...page('#token=abc').window,
    punos: { call: (text) => sent.push(text) > 0, subscribe: () => {} },
  });
  void client?.call('session.state', {});
  expect(sent).toHaveLength(1);
  client?.close();
});
