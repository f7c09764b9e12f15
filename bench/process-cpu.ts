import fs from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const tickMs = 10;

type ProcessTimes = { readonly parent: number; readonly own: number; readonly ofEnded: number };

const timesOf = (pid: number): ProcessTimes | null => {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; what follows it is numbers.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return { parent, own: (user + system) * tickMs, ofEnded: (endedUser + endedSystem) * tickMs };
  } catch {
    return null;
  }
};

export const parentOf = (pid: number): number | null => timesOf(pid)?.parent ?? null;

/**
 * Processor time of a process and all its children, ended ones included, in milliseconds; null where the
 * system does not tell (only Linux does).
 */
export const familyCpuMs = (pid: number): number | null => {
  const root = timesOf(pid);
  if (root === null) return null;
  let sum = root.own + root.ofEnded;
  for (const name of fs.readdirSync('/proc')) {
    const child = /^\d+$/u.test(name) ? timesOf(Number(name)) : null;
    if (child?.parent === pid) sum += child.own;
  }
  return sum;
};
