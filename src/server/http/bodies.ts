import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './problem.ts';
import { isStorable, parseStrictJson } from './strict-json.ts';

/** Finds texts that may be unstorable without walking every body. */
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what merges
  interface FastifyContextConfig {
    /** Texts that the database cannot hold are judged later, change by change. */
    readonly anyText?: boolean;
    /** Bodies and answers may be compressed by Brotli. */
    readonly compressed?: boolean;
  }
}

const unpack = promisify(brotliDecompress);

/** What was compressed, up to the route's limit for bodies: a small one must not become a big one. */
const unpacked = async (body: Buffer, most: number): Promise<Buffer> => {
  try {
    return await unpack(body, { maxOutputLength: most });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new HttpProblem(code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'bad-request');
  }
};

const codingOf = (request: FastifyRequest): string =>
  request.headers['content-encoding']?.toLowerCase() ?? 'identity';

/**
 * JSON is the only body taken: as sent, or compressed by Brotli where the route says so. Sizes are limited
 * per route by `bodyLimit`, before unpacking and after it.
 */
export const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, sent: Buffer) => {
      if (sent.length === 0) return undefined;
      const { config, bodyLimit } = request.routeOptions;
      const body = codingOf(request) === 'br' ? await unpacked(sent, bodyLimit) : sent;
      const parsed = parseStrictJson(body);
      if (!parsed.ok) throw new HttpProblem('bad-request');
      if (config.anyText !== true && suspicious.test(body.toString('latin1'))) {
        if (!isStorable(parsed.value)) throw new HttpProblem('bad-request');
      }
      return parsed.value;
    },
  );
  app.addHook('onRequest', async (request) => {
    const coding = codingOf(request);
    const taken = coding === 'br' && request.routeOptions.config.compressed === true;
    if (coding !== 'identity' && !taken) throw new HttpProblem('bad-request', { status: 415 });
  });
};
