import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { personSchema } from '#shared/domain/directory.ts';
import { idSchema, type Id } from '#shared/domain/ids.ts';
import { makeFolderDurably, writeFileDurably } from '#main/db/file/durable-file.ts';

/**
 * What this computer knows of a person before their case file is open: who they are and how much waited
 * when they left. Nothing of any client.
 */
const cardSchema = z.object({
  person: personSchema,
  /** Empty for somebody who signs in with the region's identity provider only. */
  login: z.string(),
  /** Whom the identity provider means by this person. */
  provider: z.object({ issuer: z.string(), subject: z.string() }).nullable().default(null),
  /** Changes that waited to be sent when the file was last closed. */
  waiting: z.int().nullable(),
  /** A case file of this person that was set aside and whose unsent work has not been taken over yet. */
  setAside: z
    .object({
      folder: z.string(),
      path: z.string(),
      files: z.array(z.string()),
      setAsideAtMs: z.number(),
    })
    .nullable(),
});
export type DeskCard = z.infer<typeof cardSchema>;

const folderOf = (dataFolder: string, personId: Id): string =>
  path.join(dataFolder, 'people', idSchema.parse(personId));

const cardPath = (dataFolder: string, personId: Id): string =>
  path.join(folderOf(dataFolder, personId), 'card.json');

export const caseFilePath = (dataFolder: string, personId: Id): string =>
  path.join(folderOf(dataFolder, personId), 'case.db');

export const hasCaseFile = (dataFolder: string, personId: Id): boolean =>
  fs.existsSync(caseFilePath(dataFolder, personId));

export const writeCard = (dataFolder: string, card: DeskCard): void => {
  makeFolderDurably(folderOf(dataFolder, card.person.id));
  writeFileDurably(cardPath(dataFolder, card.person.id), `${JSON.stringify(card, null, 2)}\n`);
};

export const readCard = (dataFolder: string, personId: Id): DeskCard | null => {
  try {
    const text = fs.readFileSync(cardPath(dataFolder, personId), 'utf8');
    const card = cardSchema.safeParse(JSON.parse(text));
    return card.success ? card.data : null;
  } catch {
    // A card that is gone or cannot be read hides nothing but a name: the person signs in by login.
    return null;
  }
};

/** Everybody who has worked on this computer, by name. */
export const readCards = (dataFolder: string): readonly DeskCard[] => {
  const people = path.join(dataFolder, 'people');
  if (!fs.existsSync(people)) return [];
  return fs
    .readdirSync(people)
    .filter((name) => idSchema.safeParse(name).success)
    .flatMap((personId) => readCard(dataFolder, personId) ?? [])
    .toSorted((a, b) => a.person.familyName.localeCompare(b.person.familyName, 'fi'));
};
