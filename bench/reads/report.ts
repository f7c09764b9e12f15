import { median, percentile } from '../figures.ts';
import { table } from '../table.ts';
import { readNames, type ReadName, type ReadResult } from './read-names.ts';
import type { ReadsResults } from './reads.ts';

/** The table of W4, in Markdown. */
export const reportReads = ({
  filling,
  records,
  rounds,
  encrypted,
  plain,
}: ReadsResults): readonly string[] => {
  const figure = (results: readonly ReadResult[], name: ReadName, share: number): number =>
    median(results.map(({ times }) => percentile(times[name], share)));
  const rows = (Object.keys(readNames) as ReadName[]).map((name) => {
    const [p50, p99] = [figure(encrypted, name, 0.5), figure(encrypted, name, 0.99)];
    const [plain50, plain99] = [figure(plain, name, 0.5), figure(plain, name, 0.99)];
    return [
      readNames[name],
      ...[p50, p99, plain50, plain99].map((ms) => ms.toFixed(3)),
      (p50 / plain50).toFixed(2),
      (p99 / plain99).toFixed(2),
    ];
  });
  const count = (value: number): string => value.toLocaleString('en-GB');
  return [
    '## W4: reads',
    '',
    `A case file of ${count(filling.clients)} clients and ${count(records)} records: ${filling.plans} plans of ` +
      `${filling.planRecords} records, one client of ${count(filling.chronicleRecords)}, the others of a few. ` +
      'Milliseconds in the core, encrypted (chacha20) and the same database plain; medians over ' +
      `${rounds} rounds of each round's p50 and p99.`,
    '',
    ...table(
      ['Read', 'p50 ms', 'p99 ms', 'plain p50', 'plain p99', 'p50 / plain', 'p99 / plain'],
      rows,
    ),
  ];
};
