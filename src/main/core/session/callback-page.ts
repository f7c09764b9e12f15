import en from '#resources/locales/en/callback.json' with { type: 'json' };
import fi from '#resources/locales/fi/callback.json' with { type: 'json' };
import sv from '#resources/locales/sv/callback.json' with { type: 'json' };

export type CallbackOutcome = 'done' | 'failed' | 'foreign';
export type CallbackLanguage = 'fi' | 'sv' | 'en';

const words = { fi, sv, en } as const;

/**
 * What the browser shows when it comes back from the identity provider: words alone, no script, nothing of
 * what was sent.
 */
export const callbackPage = (outcome: CallbackOutcome, language: CallbackLanguage): string => {
  const { [outcome]: title, [`${outcome}Note` as const]: note } = words[language];
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>Punos – ${title}</title></head>`,
    `<body><main><h1>${title}</h1><p>${note}</p></main></body>`,
    '</html>',
    '',
  ].join('\n');
};

export const callbackHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
};
