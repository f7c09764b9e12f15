import { median } from '../figures.ts';
import { replicaTitles } from '../plans/replica.ts';
import { table } from '../table.ts';
import type { MergeResults } from './merge-result.ts';

/** The table of W3, in Markdown. */
export const reportMerge = (results: MergeResults): readonly string[] => {
  const { arms, devices, edits, rounds, world } = results;
  const applications = devices * (devices - 1) * edits;
  const bare = median((arms.get('bare') ?? []).map(({ merged }) => merged.cpuMs));
  const rows = [...arms].map(([arm, merges]) => {
    const cpu = median(merges.map(({ merged }) => merged.cpuMs));
    const [first] = merges;
    const seen = first && first.rows === null ? first.seen : null;
    return [
      replicaTitles[arm],
      ((cpu * 1_000) / applications).toFixed(1),
      (cpu / bare).toFixed(2),
      median(merges.map(({ merged }) => merged.wallMs)).toFixed(0),
      (median(merges.map(({ rssBytes }) => rssBytes)) / 2 ** 20).toFixed(0),
      seen ? String(Math.max(...merges.map(({ states }) => states))) : '–',
      seen ? `${seen.nobodys} of ${seen.edited}` : '–',
      seen ? `${seen.unseen} of ${seen.lastWords}` : '–',
    ];
  });
  return [
    '## W3: everybody wrote apart, and they meet',
    '',
    `${devices} devices, each with ${edits} edits on the same ${world.plans} plans of ` +
      `${world.recordsPerPlan} needs; all have sent, then each fetches and stores what the others wrote. ` +
      'CPU of the devices alone, for each edit of somebody else on each device; median of ' +
      `${rounds} rounds. A cell is a group of two fields. It shows nobody's edit when it shows a pair that ` +
      'nobody ever wrote, or none of the edits. Unseen: of what each device wrote last in each cell, what ' +
      'no screen shows any more, not even as a conflict.',
    '',
    ...table(
      ['Arm', 'CPU µs', '/ L', 'wall ms', 'RSS MiB', 'states', "nobody's edit", 'unseen'],
      rows,
    ),
  ];
};
