import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server in a process of its own, so that what serving costs is in no arm and can be stated apart. */
export type Hub = {
  readonly url: string;
  /** Asks the process itself, beside what it serves. */
  readonly ask: (command: string, input?: unknown) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

export const startHub = async (program: string, input: unknown): Promise<Hub> => {
  const child = spawn(process.execPath, [program, JSON.stringify(input)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const line = await Promise.race([
      lines.next(),
      ended.then(() => ({ done: true, value: undefined }) as const),
    ]);
    if (line.done) throw new Error(`${program} ended early`);
    const said = JSON.parse(line.value) as { readonly answer?: unknown; readonly error?: string };
    if (said.error !== undefined) throw new Error(`${program}: ${said.error}`);
    return said.answer;
  };
  const url = (await answer()) as string;
  return {
    url,
    ask: (command, asked = null) => {
      child.stdin.write(`${JSON.stringify({ command, input: asked })}\n`);
      return answer();
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};

export type HubCommands = Readonly<Record<string, (input: unknown) => unknown>>;

/** In the hub's own process: says where it serves, answers commands in turn, ends with its standard input. */
export const serveHub = async (
  url: string,
  commands: HubCommands,
  close: () => void | Promise<void> = () => undefined,
): Promise<void> => {
  const say = (said: object): void => void process.stdout.write(`${JSON.stringify(said)}\n`);
  say({ answer: url });
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, input } = JSON.parse(line) as { command: string; input: unknown };
    try {
      const work = commands[command];
      if (!work) throw new Error(`No command ${command}`);
      say({ answer: (await work(input)) ?? null });
    } catch (error) {
      say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  await close();
  process.exit(0);
};
