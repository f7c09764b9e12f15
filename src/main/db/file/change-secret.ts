import { caseFilePaths } from './case-file-paths.ts';
import {
  readKeyHeader,
  unwrapKey,
  wrapKey,
  writeKeyHeader,
  type Argon2Parameters,
  type KeyHeaderProblem,
  type Secrets,
  type UnwrapProblem,
} from './key-wrap.ts';
import { storageProblemOf, type StorageProblem } from '../storage-problem.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/**
 * Wraps the key of the case file at `path` under other secrets. The database is not touched and may
 * be open meanwhile. A crash leaves the old secrets or the new ones in force, never neither.
 */
export const changeSecret = async (
  path: string,
  from: Secrets,
  to: Secrets,
  argon2?: Argon2Parameters,
): Promise<Result<void, KeyHeaderProblem | UnwrapProblem | StorageProblem>> => {
  const file = caseFilePaths(path).keyHeader;
  try {
    const header = readKeyHeader(file);
    if (!header.ok) return header;
    const key = await unwrapKey(header.value, from);
    if (!key.ok) return key;
    const { fileUuid, databaseMark } = header.value;
    const mark = Buffer.from(databaseMark, 'base64');
    const rewrapped = await wrapKey({ key: key.value, fileUuid }, mark, to, argon2);
    key.value.fill(0);
    writeKeyHeader(file, rewrapped);
    return ok(undefined);
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    return err(problem);
  }
};
