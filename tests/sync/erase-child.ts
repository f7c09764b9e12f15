import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import type { Desk } from '#main/core/desk.ts';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';

/**
 * A program to kill between the page by which something leaves and the scrubbing: takes in the
 * pages that lie in a file, says so, and waits.
 */
const [file, input] = process.argv.slice(2);
if (file === undefined || input === undefined) throw new Error('Which file, and what page?');

const { person, secret, request, pages } = JSON.parse(fs.readFileSync(input, 'utf8')) as {
  readonly person: Desk['person'];
  readonly secret: string;
  readonly request: PullRequest;
  readonly pages: readonly PullResponse[];
};
const opened = await openCaseFile({ path: file, secrets: { secret, keyChainSecret: null } });
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const desk: Desk = {
  db: opened.value.db,
  person,
  deviceId: opened.value.identity.deviceId,
  sign: () => 'x'.repeat(86),
  now: Date.now,
  randomBytes: (length) => randomBytes(length),
};
const applied = pages.map((page) => applyPage(desk, request, page));
process.stdout.write(`${applied.every(({ ok }) => ok) ? 'applied' : 'failed'}\n`);
setInterval(() => undefined, 60_000);
