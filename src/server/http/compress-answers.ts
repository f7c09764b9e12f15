import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { compressFromBytes } from '#shared/protocol/version.ts';
import type { RegionApp } from './region-app.ts';

const compress = promisify(brotliCompress);

/** Quality 4 in a window of a page's size: in threads beside the one that answers requests. */
const options = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 20 },
};

/** Whether the caller unpacks Brotli; a weight of 0 says no (RFC 9110 12.5.3). */
const takesBrotli = (accepted: string | string[] | undefined): boolean =>
  String(accepted ?? '')
    .split(',')
    .some((coding) => /^br(?:\s*;\s*q=(?:1|0\.0*[1-9]).*)?$/iu.test(coding.trim()));

/**
 * On routes that ask for it (`config: { compressed: true }`) long answers go compressed to whoever takes
 * them so, and every answer says that compressed bodies are taken (RFC 7694). Never where an answer carries
 * a secret: its length would tell of it.
 */
export const compressAnswers = (app: RegionApp): void => {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (request.routeOptions.config.compressed !== true) return payload;
    void reply.header('accept-encoding', 'br').header('vary', 'accept-encoding');
    if (typeof payload !== 'string' || payload.length < compressFromBytes) return payload;
    if (!takesBrotli(request.headers['accept-encoding'])) return payload;
    void reply.header('content-encoding', 'br').removeHeader('content-length');
    return compress(payload, options);
  });
};
