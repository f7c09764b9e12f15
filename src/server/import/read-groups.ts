import { addAll, type ImportProblem, type ImportWarning } from './problem.ts';
import { isShared, patientNames } from './corpus.ts';
import { fileLimits, readFileEntries, type FoundFiles } from './read-files.ts';
import { checkResource, isOf, type SourceResource } from './source-resource.ts';
import { finnishCodeOf } from './source-key.ts';

type File = FoundFiles['files'][number];

/** What a first look over all files finds. Of the resources only the shared ones stay in memory. */
export type Survey = {
  /** Files that tell about the same people, to be read together. */
  readonly groups: readonly (readonly File[])[];
  /** Practitioners, their roles, organisations and medications: any file may refer to them. */
  readonly shared: readonly SourceResource[];
  /** The Finnish personal identity codes of the patients. */
  readonly codes: readonly string[];
  readonly resources: number;
  readonly refused: number;
  readonly problems: readonly ImportProblem[];
  readonly warnings: readonly ImportWarning[];
};

export type Looking = {
  readonly stopped: () => boolean;
  readonly onFile: (done: number, all: number) => void;
};

/**
 * Reads and checks every file once, keeps names and problems, and forgets the rest: so that memory
 * follows the largest group of files that belong together and not their number.
 */
export const survey = async (files: readonly File[], looking: Looking): Promise<Survey> => {
  const shared: SourceResource[] = [];
  const codes = new Set<string>();
  const problems: ImportProblem[] = [];
  const warnings: ImportWarning[] = [];
  const filesByName = new Map<string, File[]>();
  let resources = 0;
  let refused = 0;
  for (const [index, file] of files.entries()) {
    if (looking.stopped()) break;
    for await (const entry of readFileEntries(file.file, file.bytes, (one) => problems.push(one))) {
      resources += 1;
      const checked = checkResource(entry);
      if (!checked.ok) {
        refused += 1;
        addAll(problems, checked.error);
        continue;
      }
      if (checked.value === null) {
        const { file: name, entry: at, resource } = entry;
        const type = String(resource['resourceType']);
        warnings.push({ file: name, entry: at, kind: 'type-not-read', detail: type });
        continue;
      }
      if (isShared(checked.value)) shared.push(checked.value);
      if (isOf(checked.value, 'Patient')) {
        const { code } = finnishCodeOf(checked.value.data.identifier);
        if (code !== null) {
          codes.add(code);
          note(filesByName, code, file);
        }
      }
      for (const name of patientNames(checked.value)) note(filesByName, name, file);
    }
    looking.onFile(index + 1, files.length);
  }
  const groups = joined(filesByName.values());
  const { fitting, tooLarge } = withinLimit(groups);
  return {
    groups: fitting,
    shared,
    codes: [...codes],
    resources,
    refused,
    problems: [...problems, ...tooLarge],
    warnings,
  };
};

const note = (filesByName: Map<string, File[]>, name: string, file: File): void => {
  const files = filesByName.get(name);
  if (!files) filesByName.set(name, [file]);
  else if (files.at(-1) !== file) files.push(file);
};

/** Joins lists that share a file, in the order of their first files. */
const joined = (lists: Iterable<readonly File[]>): readonly (readonly File[])[] => {
  const root = new Map<File, File>();
  const find = (file: File): File => {
    let at = file;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    root.set(file, at);
    return at;
  };
  for (const list of lists) {
    const [first] = list;
    if (!first) continue;
    for (const file of list) root.set(find(file), find(first));
  }
  const groups = Map.groupBy(root.keys(), find);
  return [...groups.values()]
    .map((group) => group.toSorted(byName))
    .toSorted(([a], [b]) => (a && b ? byName(a, b) : 0));
};

const byName = (a: File, b: File): number => (a.file < b.file ? -1 : 1);

const withinLimit = (groups: readonly (readonly File[])[]) => {
  const fitting: (readonly File[])[] = [];
  const tooLarge: ImportProblem[] = [];
  for (const group of groups) {
    const bytes = group.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= fileLimits.together) {
      fitting.push(group);
      continue;
    }
    const reason = `belongs with other files that are larger than ${fileLimits.together / 2 ** 20} MB together: split them by person`;
    for (const { file } of group) {
      tooLarge.push({ file, entry: '', path: '', code: 'too-large', reason });
    }
  }
  return { fitting, tooLarge };
};

/** Reads the files of a group again, for good. What does not fit has been told by the survey. */
export const readGroup = async (group: readonly File[]): Promise<readonly SourceResource[]> => {
  const resources: SourceResource[] = [];
  for (const { file, bytes } of group) {
    for await (const entry of readFileEntries(file, bytes, () => undefined)) {
      const checked = checkResource(entry);
      if (checked.ok && checked.value && !isShared(checked.value)) resources.push(checked.value);
    }
  }
  return resources;
};
