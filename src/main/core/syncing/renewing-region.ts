import type { Result } from '#shared/lib/result.ts';
import type { RegionClient, RegionTrouble } from './region-client.ts';
import { currentToken, renewTokens, type RenewalParts } from './renew-tokens.ts';

const mayRenew = (trouble: RegionTrouble): boolean =>
  trouble.kind === 'refused' && (trouble.code === 'token-expired' || trouble.code === 'signed-out');

/**
 * The region for an open desk: as `region`, but a token that has run out is renewed without anybody
 * noticing, also when the other thread has done so meanwhile. The token that is given is where it begins;
 * the case file's newer one is used where there is one.
 */
export const renewingRegion = (parts: RenewalParts): RegionClient => {
  const { region } = parts;

  const renewed = async <T>(
    given: string,
    work: (token: string) => Promise<Result<T, RegionTrouble>>,
  ): Promise<Result<T, RegionTrouble>> => {
    const token = currentToken(parts) ?? given;
    const first = await work(token);
    if (first.ok || !mayRenew(first.error)) return first;
    const next = await renewTokens(parts, token);
    return next.ok ? work(next.value) : next;
  };

  return {
    ...region,
    push: (token, request) => renewed(token, (holding) => region.push(holding, request)),
    pull: (token, request) => renewed(token, (holding) => region.pull(holding, request)),
    ask: (token, name, input) => renewed(token, (holding) => region.ask(holding, name, input)),
    uploadUseLog: (token, request) =>
      renewed(token, (holding) => region.uploadUseLog(holding, request)),
  };
};
