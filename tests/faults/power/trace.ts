import { spawnSync } from 'node:child_process';

/**
 * What a program asked of its disk, in its order, read from the record that strace keeps (Linux). Only what
 * can change a folder is in it, and what the program said on its pipe: so it is known exactly what lay on the
 * disk, and what was only on its way, when "saved" was said.
 */
export type DiskCall =
  | {
      readonly call: 'open';
      readonly fd: number;
      readonly path: string;
      readonly create: boolean;
      readonly truncate: boolean;
    }
  | { readonly call: 'close'; readonly fd: number }
  /** `at` is null where the file's own place decides. */
  | {
      readonly call: 'write';
      readonly fd: number;
      readonly at: number | null;
      readonly bytes: Buffer;
    }
  | { readonly call: 'resize'; readonly fd: number; readonly size: number }
  | { readonly call: 'sync'; readonly fd: number }
  | { readonly call: 'rename'; readonly from: string; readonly to: string }
  | { readonly call: 'remove'; readonly path: string }
  | { readonly call: 'make-folder'; readonly path: string };

/** Calls that the model knows, and those that it must be told of if they ever appear. */
const traced =
  'open,openat,creat,close,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,truncate,' +
  'fallocate,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,mkdir,' +
  'mkdirat,copy_file_range,sendfile';

/** The tracer and its arguments, to stand before the program's own. */
export const tracer = (record: string): readonly string[] =>
  [
    ['strace', '-f', '-q', '--seccomp-bpf', '-xx', '-s', '10000000'],
    ['-e', 'signal=none', '-e', `trace=${traced}`, '-o', record],
  ].flat();

/** Whether strace is here and may trace. What needs it says so and is left out where it is not. */
export const canTrace = (): boolean =>
  spawnSync('strace', ['-f', '-o', '/dev/null', '/bin/true'], { stdio: 'ignore' }).status === 0;

const bytesOf = (quoted: string): Buffer =>
  Buffer.from(quoted.slice(1, -1).replaceAll('\\x', ''), 'hex');
const textOf = (quoted: string): string => bytesOf(quoted).toString('utf8');

const unfinished = '<unfinished ...>';

/** Calls of several threads are told in pieces where they overlap; they count when they have ended. */
const wholeCalls = function* (record: string): Generator<string> {
  const begun = new Map<string, string>();
  for (const line of record.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/u.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/u.exec(rest);
    if (rest.endsWith(unfinished)) begun.set(thread, rest.slice(0, -unfinished.length));
    else if (resumed) yield (begun.get(thread) ?? '') + (resumed[1] ?? '');
    else if (rest !== '') yield rest;
  }
};

const asDiskCall = (name: string, values: string, result: number): DiskCall | null => {
  const parts = values.split(',').map((value) => value.trim());
  const [first = '', second = '', third = '', fourth = ''] = parts;
  const fd = Number(first);
  switch (name) {
    case 'openat':
      return {
        call: 'open',
        fd: result,
        path: textOf(second),
        create: third.includes('O_CREAT'),
        truncate: third.includes('O_TRUNC'),
      };
    case 'close':
      return { call: 'close', fd };
    case 'write':
      return { call: 'write', fd, at: null, bytes: bytesOf(second).subarray(0, result) };
    case 'pwrite64':
      return { call: 'write', fd, at: Number(fourth), bytes: bytesOf(second).subarray(0, result) };
    case 'fsync':
    case 'fdatasync':
      return { call: 'sync', fd };
    case 'ftruncate':
      return { call: 'resize', fd, size: Number(second) };
    case 'rename':
      return { call: 'rename', from: textOf(first), to: textOf(second) };
    case 'unlink':
      return { call: 'remove', path: textOf(first) };
    case 'mkdir':
      return { call: 'make-folder', path: textOf(first) };
    default:
      return null;
  }
};

const asTold = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

/** The calls of a record that succeeded; one in the folder that the model does not know ends everything. */
export const readTrace = (record: string, folder: string): readonly DiskCall[] => {
  const calls: DiskCall[] = [];
  const inFolder = asTold(folder);
  for (const whole of wholeCalls(record)) {
    const [, name = '', values = '', result = '-1'] =
      /^(\w+)\((.*)\) += (-?\d+)/u.exec(whole) ?? [];
    if (name === '' || Number(result) < 0) continue;
    const call = asDiskCall(name, values, Number(result));
    if (call !== null) calls.push(call);
    else if (values.includes(inFolder)) throw new Error(`The model disk does not know ${name}`);
  }
  return calls;
};
