import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from 'jose';
import Provider, { type AdapterFactory, type AdapterPayload } from 'oidc-provider';

/** What the provider says of somebody, by the names of `resources/rules/identity-claims.json`. */
export type AccountClaims = Readonly<Record<string, unknown>>;

/** A real identity provider (oidc-provider) on loopback, with people that the test makes. */
export type IdentityProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly setAccount: (subject: string, claims: AccountClaims) => void;
  /** Plays the person in the browser: shows who they are, agrees. @returns where the browser is sent back to */
  readonly signIn: (url: string, subject: string) => Promise<string>;
  /** Plays a person who says no. */
  readonly refuse: (url: string) => Promise<string>;
  /** Opens an address as the browser that signed in would. @returns the page */
  readonly browse: (url: string) => Promise<string>;
  /** Signs a token with the provider's own key: all that a test may want to be wrong is in its content. */
  readonly idToken: (
    content: Readonly<Record<string, unknown>>,
    header?: Partial<JWTHeaderParameters>,
  ) => Promise<string>;
  /** The public key, as anybody can read it. */
  readonly publicKey: () => JWK;
  /** How often the keys were asked for. */
  readonly keysAsked: () => number;
  /** The provider starts anew at the same address with keys that nobody knows yet. */
  readonly rotateKeys: () => Promise<void>;
  /** From now on the region is told when somebody leaves the provider. */
  readonly tellLogoutsTo: (address: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

type Keys = { readonly privateKey: CryptoKey; readonly publicJwk: JWK; readonly privateJwk: JWK };

let keyNumber = 0;

const makeKeys = async (): Promise<Keys> => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const named = { kid: `key-${(keyNumber += 1)}`, alg: 'RS256', use: 'sig' };
  return {
    privateKey: pair.privateKey,
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...named },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...named },
  };
};

/** The provider's memory, which outlives its restarts as a real one's does. */
const memory = (): AdapterFactory => {
  const rows = new Map<string, AdapterPayload>();
  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`;
    const findWhere = async (fits: (row: AdapterPayload) => boolean) =>
      [...rows].find(([key, row]) => key.startsWith(`${model}:`) && fits(row))?.[1];
    return {
      upsert: async (id, row) => void rows.set(keyOf(id), row),
      find: async (id) => rows.get(keyOf(id)),
      findByUid: (uid) => findWhere((row) => row.uid === uid),
      findByUserCode: (userCode) => findWhere((row) => row.userCode === userCode),
      consume: async (id) => {
        const row = rows.get(keyOf(id));
        if (row) rows.set(keyOf(id), { ...row, consumed: Math.floor(Date.now() / 1_000) });
      },
      destroy: async (id) => void rows.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, row] of rows) if (row.grantId === grantId) rows.delete(key);
      },
    };
  };
};

/** The guard is a dispatcher of the provider's own; what else it asks for stays. */
const withoutGuard = (options: RequestInit = {}): RequestInit =>
  Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'dispatcher'));

type Cookies = Map<string, string>;

const visit = async (
  cookies: Cookies,
  url: string,
  form?: Readonly<Record<string, string>>,
): Promise<Response> => {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/u.exec(cookie) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
  return response;
};

export const startIdentityProvider = async (): Promise<IdentityProvider> => {
  const clientId = 'punos-desk';
  const accounts = new Map<string, AccountClaims>();
  const adapter = memory();
  let keys = await makeKeys();
  let asked = 0;
  let server: Server | null = null;
  let port = 0;
  let issuer = '';
  let logoutUri: string | null = null;
  let cookies: Cookies = new Map();

  const newProvider = (): Provider => {
    return new Provider(issuer, {
      adapter,
      // Its own way out refuses loopback, where the region of a test stands.
      fetch: (url, options) => fetch(url, withoutGuard(options)),
      clients: [
        {
          client_id: clientId,
          application_type: 'native',
          token_endpoint_auth_method: 'none',
          redirect_uris: ['http://127.0.0.1/callback'],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          ...(logoutUri === null
            ? {}
            : {
                backchannel_logout_uri: logoutUri,
                backchannel_logout_session_required: true,
              }),
        },
      ],
      claims: {
        profile: [
          'given_name',
          'family_name',
          'register_number',
          'profession',
          'units',
          'task_classes',
        ],
      },
      // Claims in the id token itself: it is all that the region is shown.
      conformIdTokenClaims: false,
      cookies: { keys: ['test'] },
      jwks: { keys: [keys.privateJwk] },
      features: { backchannelLogout: { enabled: true } },
      // A refresh token that ends with the person's session at the provider.
      issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
      findAccount: (_context, subject) => ({
        accountId: subject,
        claims: () => ({ ...accounts.get(subject), sub: subject }),
      }),
    });
  };

  const start = async (): Promise<void> => {
    const listening = createServer();
    server = listening;
    listening.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    ({ port } = listening.address() as AddressInfo);
    issuer = `http://127.0.0.1:${port}`;
    const answer = newProvider().callback();
    listening.on('request', (request, response) => {
      if (request.url === '/jwks') asked += 1;
      void answer(request, response);
    });
  };

  const stop = async (): Promise<void> => {
    const ending = server;
    server = null;
    if (ending === null) return;
    ending.closeAllConnections();
    ending.close();
    await once(ending, 'close');
  };

  /** Follows the browser's way until it leaves the provider. `answer` says what is typed on a page. */
  const follow = async (
    url: string,
    answer: (page: string) => Readonly<Record<string, string>> | 'abort',
  ): Promise<string> => {
    cookies = new Map();
    let response = await visit(cookies, url);
    let here = url;
    for (let step = 0; step < 20; step += 1) {
      const location = response.headers.get('location');
      if (location !== null) {
        const next = new URL(location, here).href;
        if (!next.startsWith(`${issuer}/`)) return next;
        here = next;
        response = await visit(cookies, here);
        continue;
      }
      const page = await response.text();
      const filled = answer(page);
      response =
        filled === 'abort'
          ? await visit(cookies, `${here}/abort`)
          : await visit(cookies, here, filled);
    }
    throw new Error('The provider never sends the browser back');
  };

  await start();
  return {
    get issuer() {
      return issuer;
    },
    clientId,
    setAccount: (subject, claims) => accounts.set(subject, claims),
    // Who one is and what one agrees to are two pages, submitted one after the other.
    signIn: (url, subject) =>
      follow(url, (page) =>
        page.includes('name="login"')
          ? { prompt: 'login', login: subject, password: 'x' }
          : { prompt: 'consent' },
      ),
    refuse: (url) => follow(url, () => 'abort'),
    browse: async (url) => {
      const response = await visit(cookies, url);
      const page = await response.text();
      const action = /action="([^"]+)"/u.exec(page)?.[1];
      const xsrf = /name="xsrf" value="([^"]+)"/u.exec(page)?.[1];
      if (action === undefined || xsrf === undefined) return page;
      const after = await visit(cookies, new URL(action, issuer).href, { xsrf, logout: 'yes' });
      return after.text();
    },
    idToken: (content, header) =>
      new SignJWT({ ...content })
        .setProtectedHeader({ alg: 'RS256', kid: keys.publicJwk.kid ?? '', ...header })
        .sign(keys.privateKey),
    publicKey: () => keys.publicJwk,
    keysAsked: () => asked,
    rotateKeys: async () => {
      await stop();
      keys = await makeKeys();
      await start();
    },
    tellLogoutsTo: async (address) => {
      logoutUri = address;
      await stop();
      await start();
    },
    stop,
    start,
  };
};
