import type { TestApp } from './test-app.ts';

type Injected = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: unknown;
};

/** A region that answers somewhere, spoken to as `wireDevice` speaks to one in the same process. */
export const overHttp = (baseUrl: () => string): Pick<TestApp, 'app' | 'now'> => {
  const inject = async ({ method, url, headers = {}, payload }: Injected) => {
    const response = await fetch(new URL(url, baseUrl()), {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
    });
    const body = await response.text();
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body,
      json: (): unknown => JSON.parse(body),
    };
  };
  return { app: { inject } as unknown as TestApp['app'], now: () => new Date() };
};
