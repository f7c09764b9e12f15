import { plainLine, warningWords, type ImportProblem, type Place } from './problem.ts';
import type { ImportProgress, ImportSummary } from './run-import.ts';

/** Most lines of one list; the rest is counted. */
const mostLines = 200;

/** A line of progress: files, resources, clients, seconds. */
export const progressLine = (progress: ImportProgress, elapsedMs: number, bar: boolean): string => {
  const { step, files, allFiles, resources, clients } = progress;
  const share = allFiles === 0 ? 1 : files / allFiles;
  const filled = Math.round(share * 20);
  const parts = [
    step === 'reading' ? 'Reading' : 'Storing',
    ...(bar ? ['█'.repeat(filled) + '░'.repeat(20 - filled)] : []),
    `${files}/${allFiles} files,`,
    ...(step === 'storing' ? [`${resources} resources, ${clients} clients,`] : []),
    `${Math.round(elapsedMs / 1_000)} s`,
  ];
  return parts.join(' ');
};

const placeText = ({ file, entry }: Place): string => [file, entry].filter(Boolean).join(': ');

/** What became of the import, as text: what went in, what did not and why. */
export const summaryText = (summary: ImportSummary): string => {
  const { clients, resources } = summary;
  const lines = [
    summary.stopped ? 'Stopped: what was stored so far stays.' : 'Done.',
    `  Files      ${summary.files}`,
    `  Resources  ${resources.read}: ${resources.in} went in, ${resources.refused} refused, ${resources.leftOut} left out`,
    `  Clients    ${clients.new} new, ${clients.changed} changed, ${clients.unchanged} unchanged`,
    `  Records    ${summary.records} new, in ${summary.changes} changes`,
    `  Directory  ${summary.people} people, ${summary.units} units`,
  ];
  if (summary.warnings.length > 0) {
    lines.push('Worth knowing:');
    for (const [kind, all] of Map.groupBy(summary.warnings, (warning) => warning.kind)) {
      const [first] = all;
      const example = first ? `, first: ${placeText(first)} ${first.detail}`.trimEnd() : '';
      lines.push(`  ${all.length} × ${warningWords[kind]}${example}`);
    }
  }
  if (summary.problems.length > 0) {
    lines.push('Not taken in:');
    lines.push(...summary.problems.slice(0, mostLines).map(problemLine));
    const more = summary.problems.length - mostLines;
    if (more > 0) lines.push(`  and ${more} more`);
  }
  return lines.map(plainLine).join('\n');
};

const problemLine = (problem: ImportProblem): string =>
  `  ${[placeText(problem), problem.path].filter(Boolean).join(', ')}: ${problem.reason}`;

/** 0: everything went in; 2: something named did not; 1: nothing could be done; 130: stopped by Ctrl-C. */
export const exitCodeOf = (summary: ImportSummary): number => {
  if (summary.stopped) return 130;
  if (summary.problems.length === 0) return 0;
  return summary.resources.in > 0 ? 2 : 1;
};
