import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import type { Desk } from '#main/core/desk.ts';
import { newDeviceKey, signerOf } from '#main/core/session/device-key.ts';
import { httpRegionClient } from '#main/core/syncing/http-region-client.ts';
import type { RegionClient } from '#main/core/syncing/region-client.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { cheapArgon2 } from '../case-files.ts';

/** Who signs in to the benchmark's region, as its hub tells. */
export const accountSchema = z.object({
  personId: z.string(),
  login: z.string(),
  secret: z.string(),
});
export type Account = z.infer<typeof accountSchema>;

/** A desk with a case file of its own, signed in to a real region. */
export type RealDesk = {
  readonly desk: Desk;
  readonly caseFile: CaseFile;
  readonly region: RegionClient;
  readonly token: string;
};

export const openRealDesk = async (
  folder: string,
  hubUrl: string,
  account: Account,
): Promise<RealDesk> => {
  const deviceId = newId(Date.now(), randomBytes);
  const made = await createCaseFile({
    path: path.join(folder, 'case.db'),
    secrets: { secret: account.secret, keyChainSecret: null },
    personId: account.personId,
    deviceId,
    createdAtMs: Date.now(),
    argon2: cheapArgon2,
  });
  if (!made.ok) throw new Error(`No case file: ${made.error.kind}`);
  const caseFile = made.value;
  const region = httpRegionClient(hubUrl);
  const key = newDeviceKey();
  const session = await region.signIn({
    login: account.login,
    secret: account.secret,
    device: { id: deviceId, publicKey: key.publicKey, name: 'Benchmark' },
  });
  if (!session.ok) throw new Error(`Signing in: ${JSON.stringify(session.error)}`);
  const { token, person } = session.value;
  const sign = signerOf(key.privateKey);
  return {
    desk: { db: caseFile.db, person, deviceId, sign, now: Date.now, randomBytes },
    caseFile,
    region,
    token,
  };
};
