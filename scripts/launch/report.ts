/** A line of what goes on, for the person who started the command. */
export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A step that takes its time: one line that is written over on a terminal, a few lines elsewhere. */
export const progress = (label: string) => {
  const began = performance.now();
  let lastShare = -1;
  return (done: number, all: number): void => {
    const share = all === 0 ? 100 : Math.floor((100 * done) / all);
    const seconds = Math.round((performance.now() - began) / 1_000);
    if (process.stdout.isTTY) {
      const filled = Math.floor(share / 5);
      const bar = '█'.repeat(filled) + '░'.repeat(20 - filled);
      process.stdout.write(`\r${label} ${bar} ${done}/${all}, ${seconds} s `);
      if (done >= all) process.stdout.write('\n');
    } else if (share >= lastShare + 25) {
      lastShare = share - (share % 25);
      say(`${label} ${done}/${all}, ${seconds} s`);
    }
  };
};

/** Resolves at Ctrl-C or when the terminal ends; a signal that comes again while ending does nothing more. */
export const untilAsked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
