import path from 'node:path';
import { parseArgs } from 'node:util';
import { startNodeCore } from '../node/node-core.ts';
import { startLoopbackHost } from './start-loopback-host.ts';

/**
 * A workstation as a program of its own:
 * `node src/main/hosts/loopback/main.ts --region <address> --data <folder> [--port <number>]`.
 * Prints the address of the window; whoever has it has the window. Exit codes: 0 ended as asked,
 * 1 could not start, 2 wrong options.
 */
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

type Options = { readonly region: string; readonly data: string; readonly port: number };

const readOptions = (): Options | string => {
  try {
    const { values } = parseArgs({
      options: {
        region: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
      },
    });
    const port = Number(values.port);
    if (!values.region || !URL.canParse(values.region))
      return '--region takes the region’s address.';
    if (!values.data) return '--data takes the folder of this computer’s case files.';
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return '--port takes a port number.';
    return { region: values.region, data: path.resolve(values.data), port };
  } catch (error) {
    return (error as Error).message;
  }
};

const main = async (): Promise<number> => {
  const options = readOptions();
  if (typeof options === 'string') {
    complain(options);
    return 2;
  }
  const core = startNodeCore({ dataFolder: options.data, regionUrl: options.region });
  const host = await startLoopbackHost({
    core,
    windowFolder: path.resolve(import.meta.dirname, '../../../../out/window'),
    port: options.port,
    onUnexpected: (name, error) =>
      complain(
        `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  });
  if (!host.ok) {
    await core.close();
    complain(`The workstation could not start: ${host.error.code}`);
    return 1;
  }
  say(host.value.url);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  await host.value.close();
  await core.close();
  return 0;
};

process.exitCode = await main();
