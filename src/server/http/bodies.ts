import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problem.ts';
import { isStorable, parseStrictJson } from './strict-json.ts';

/** Finds texts that may be unstorable without walking every body. */
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;

/**
 * JSON is the only body taken, as sent: a compressed one is refused, so that a small body cannot
 * become a big one. Sizes are limited per route by `bodyLimit`.
 */
export const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: { routeOptions: { config: { anyText?: boolean } } }, body: Buffer) => {
      if (body.length === 0) return undefined;
      const parsed = parseStrictJson(body);
      if (!parsed.ok) throw new HttpProblem('bad-request');
      const { anyText } = request.routeOptions.config;
      if (anyText !== true && suspicious.test(body.toString('latin1'))) {
        if (!isStorable(parsed.value)) throw new HttpProblem('bad-request');
      }
      return parsed.value;
    },
  );
  app.addHook('onRequest', async (request) => {
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding.toLowerCase() !== 'identity') {
      throw new HttpProblem('bad-request', { status: 415 });
    }
  });
};
