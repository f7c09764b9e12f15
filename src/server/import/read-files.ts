import { createReadStream } from 'node:fs';
import { opendir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { isStorable, parseStrictJson, type JsonProblem } from '../http/strict-json.ts';
import { quoted, type ImportProblem, type Place } from './problem.ts';

/** Sizes in bytes. A JSON document is held whole in memory; a file of lines is read line by line. */
export const fileLimits = {
  document: 32 * 2 ** 20,
  line: 8 * 2 ** 20,
  /** Files that belong together because they name the same people are read together. */
  together: 256 * 2 ** 20,
} as const;

type Json = { readonly [name: string]: unknown };

/** A resource as it stands in a file, not yet checked. */
export type SourceEntry = Place & { readonly fullUrl: string | null; readonly resource: Json };

export type FoundFiles = {
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
  readonly problems: readonly ImportProblem[];
};

const wholeFile = (file: string, code: ImportProblem['code'], reason: string): ImportProblem => ({
  file,
  entry: '',
  path: '',
  code,
  reason,
});

const linesFile = /\.(ndjson|jsonl)$/iu;
const taken = /\.(json|ndjson|jsonl)$/iu;

/** The given files, and the .json and .ndjson files in the given folders and below, by name. */
export const findFiles = async (paths: readonly string[]): Promise<FoundFiles> => {
  const found = new Map<string, number>();
  const problems: ImportProblem[] = [];
  for (const given of paths) {
    try {
      const { size, isFolder } = await look(given);
      if (!isFolder) found.set(path.normalize(given), size);
      else {
        const before = found.size;
        for await (const entry of await opendir(given, { recursive: true })) {
          const file = path.join(entry.parentPath, entry.name);
          if (entry.isFile() && taken.test(entry.name)) found.set(file, (await look(file)).size);
        }
        if (found.size === before) {
          problems.push(wholeFile(given, 'unreadable', 'holds no .json or .ndjson files'));
        }
      }
    } catch (error) {
      problems.push(wholeFile(given, 'unreadable', systemReason(error)));
    }
  }
  const files = [...found].map(([file, bytes]) => ({ file, bytes }));
  return { files: files.toSorted((a, b) => (a.file < b.file ? -1 : 1)), problems };
};

const look = async (file: string): Promise<{ size: number; isFolder: boolean }> => {
  const found = await stat(file);
  return { size: found.size, isFolder: found.isDirectory() };
};

const systemReason = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return `cannot be read (${code ?? message})`;
};

const jsonReasons: { readonly [problem in JsonProblem]: string } = {
  'not-utf8': 'is not text in UTF-8',
  'not-json': 'is not JSON: cut off or damaged',
  'too-deep': 'is nested deeper than any FHIR resource',
  'key-twice': 'has the same name twice in one object, so readers would differ on what it says',
  'key-not-allowed': 'has a name that is not allowed',
};

/**
 * The resources of one file: a resource, a bundle (also in bundles), an array of either, or one of
 * them per line. What cannot be read is told in `problem`, and the rest of the file goes on where
 * its lines or entries allow that.
 */
export async function* readFileEntries(
  file: string,
  bytes: number,
  problem: (problem: ImportProblem) => void,
): AsyncGenerator<SourceEntry, void> {
  try {
    if (linesFile.test(file)) yield* readLines(file, problem);
    else if (bytes > fileLimits.document) {
      problem(wholeFile(file, 'too-large', tooLarge(fileLimits.document)));
    } else {
      const document = readJson(await readFile(file));
      if (document.ok) yield* entriesOf(document.value, { file, entry: '' }, problem);
      else problem(wholeFile(file, 'not-json', document.error));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    problem(wholeFile(file, 'unreadable', systemReason(error)));
  }
}

const tooLarge = (limit: number): string =>
  `is larger than ${limit / 2 ** 20} MB: split it, or give it as .ndjson with one resource a line`;

const readJson = (bytes: Uint8Array): Result<unknown, string> => {
  const parsed = parseStrictJson(bytes);
  return parsed.ok ? parsed : err(jsonReasons[parsed.error]);
};

async function* readLines(
  file: string,
  problem: (problem: ImportProblem) => void,
): AsyncGenerator<SourceEntry, void> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    const place = { file, entry: `line ${number}` };
    if (line === null) {
      problem({ ...place, path: '', code: 'too-large', reason: tooLarge(fileLimits.line) });
    } else if (line.length > 0) {
      const document = readJson(line);
      if (document.ok) yield* entriesOf(document.value, place, problem);
      else problem({ ...place, path: '', code: 'not-json', reason: document.error });
    }
  }
}

const newline = 0x0a;

/** The file's lines, trimmed of white space; null for one beyond the limit, which is not kept in memory. */
async function* linesOf(file: string): AsyncGenerator<Uint8Array | null, void> {
  let parts: Buffer[] = [];
  let length = 0;
  const line = (): Uint8Array | null => {
    const whole = length > fileLimits.line ? null : trimmed(Buffer.concat(parts));
    parts = [];
    length = 0;
    return whole;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(newline, from);
      const part = chunk.subarray(from, end === -1 ? undefined : end);
      length += part.length;
      if (length <= fileLimits.line) parts.push(part);
      else parts = [];
      if (end === -1) break;
      yield line();
      from = end + 1;
    }
  }
  if (length > 0) yield line();
}

const trimmed = (line: Buffer): Uint8Array => {
  let end = line.length;
  while (end > 0 && (line[end - 1] ?? 0) <= 0x20) end -= 1;
  return line.subarray(0, end);
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nesting of bundles is bounded by the depth of the JSON. */
function* entriesOf(
  value: unknown,
  place: Place,
  problem: (problem: ImportProblem) => void,
  fullUrl: string | null = null,
): Generator<SourceEntry, void> {
  const misfit = (reason: string): void =>
    problem({ ...place, path: '', code: 'not-fhir', reason });
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield* entriesOf(element, inside(place, `element ${index + 1}`), problem);
    }
    if (value.length === 0) misfit('is an empty list');
  } else if (!isObject(value)) {
    misfit('is no FHIR resource');
  } else if (typeof value['resourceType'] !== 'string') {
    misfit('is no FHIR resource: it has no resourceType');
  } else if (value['resourceType'] === 'Bundle') {
    yield* bundleEntries(value['entry'] ?? [], place, problem);
  } else {
    const name = quoted(
      `${value['resourceType']}${typeof value['id'] === 'string' ? `/${value['id']}` : ''}`,
    );
    yield { file: place.file, entry: named(place.entry, name), fullUrl, resource: value };
  }
}

function* bundleEntries(
  entries: unknown,
  place: Place,
  problem: (problem: ImportProblem) => void,
): Generator<SourceEntry, void> {
  if (!Array.isArray(entries)) {
    problem({ ...place, path: 'Bundle.entry', code: 'structure', reason: 'is no list' });
    return;
  }
  for (const [index, entry] of entries.entries()) {
    const at = inside(place, `entry ${index + 1}`);
    if (!isObject(entry) || entry['resource'] === undefined) {
      problem({ ...at, path: 'Bundle.entry', code: 'not-fhir', reason: 'holds no resource' });
    } else {
      const url = entry['fullUrl'];
      yield* entriesOf(entry['resource'], at, problem, typeof url === 'string' ? url : null);
    }
  }
}

const inside = (place: Place, part: string): Place => ({
  file: place.file,
  entry: place.entry === '' ? part : `${place.entry}, ${part}`,
});

const named = (entry: string, name: string): string => (entry === '' ? name : `${entry} (${name})`);

/** Texts that no database of ours can hold stop a resource before anything else looks at it. */
export const storableResource = (resource: Json): Result<true, string> =>
  isStorable(resource) ? ok(true) : err('has a text with NUL or half a character');
