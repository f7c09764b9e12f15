import fs from 'node:fs';
import path from 'node:path';
import type { DiskCall } from './trace.ts';

/**
 * A disk as POSIX promises it and no better: what was written reaches it only by fsync of that file, a name
 * only by fsync of its folder; until then any part of it may be there after a power cut, sector by sector.
 */

/** What a disk writes whole or not at all. */
export const sectorBytes = 512;

type Written = { readonly order: number } & (
  | { readonly at: number; readonly bytes: Buffer }
  | { readonly size: number }
);

type Node = {
  readonly isFolder: boolean;
  /** What is certainly on the disk. */
  durable: Buffer;
  pending: Written[];
};

/** One step of a folder's names, there as a whole or not at all. A rename is two names in one step. */
type Naming = {
  readonly order: number;
  readonly parent: string;
  readonly names: readonly (readonly [string, Node | null])[];
};

/** What becomes of that which is not certain. `order` counts writes and namings as they were asked for. */
export type Fate = {
  readonly keeps: (order: number) => boolean;
  /** Whether what is kept of a write is decided sector by sector. */
  readonly tears: (order: number) => boolean;
  readonly keepsSector: () => boolean;
};

export type Disk = {
  readonly apply: (call: DiskCall) => void;
  /** The numbers of what is on its way and not certain, rising. */
  readonly unsettled: () => readonly number[];
  /** Writes what a power cut might leave into an empty folder. */
  readonly imageInto: (folder: string, fate: Fate) => void;
};

const resized = (content: Buffer, size: number): Buffer =>
  size <= content.length
    ? Buffer.from(content.subarray(0, size))
    : Buffer.concat([content, Buffer.alloc(size - content.length)]);

const overwritten = (content: Buffer, at: number, bytes: Buffer): Buffer => {
  const roomy = at + bytes.length > content.length ? resized(content, at + bytes.length) : content;
  bytes.copy(roomy, at);
  return roomy;
};

const withWritten = (content: Buffer, written: Written): Buffer =>
  'size' in written
    ? resized(content, written.size)
    : overwritten(content, written.at, written.bytes);

type Part = { readonly at: number; readonly bytes: Buffer };

/** The parts of a write that lie in one sector each. */
const sectorsOf = ({ at, bytes }: Part): readonly Part[] => {
  const parts: Part[] = [];
  for (let done = 0; done < bytes.length;) {
    const until = Math.min(bytes.length, done + sectorBytes - ((at + done) % sectorBytes));
    parts.push({ at: at + done, bytes: bytes.subarray(done, until) });
    done = until;
  }
  return parts;
};

const contentBy = (node: Node, fate: Fate): Buffer =>
  node.pending
    .filter(({ order }) => fate.keeps(order))
    .reduce<Buffer>((content, written) => {
      if ('size' in written || !fate.tears(written.order)) return withWritten(content, written);
      return sectorsOf(written)
        .filter(() => fate.keepsSector())
        .reduce<Buffer>((torn, part) => overwritten(torn, part.at, part.bytes), content);
    }, Buffer.from(node.durable));

const keepNames = (into: Map<string, Node>, { names }: Naming): void => {
  for (const [file, node] of names) {
    if (node === null) into.delete(file);
    else into.set(file, node);
  }
};

/** `root` is there and certain; everything below it comes by the calls. */
export const modelDisk = (root: string): Disk => {
  const empty = (isFolder: boolean): Node => ({ isFolder, durable: Buffer.alloc(0), pending: [] });
  const names = new Map<string, Node>([[root, empty(true)]]);
  const durableNames = new Map(names);
  let namings: Naming[] = [];
  const open = new Map<number, { readonly path: string; readonly node: Node; place: number }>();
  let order = 0;

  const isOurs = (file: string): boolean =>
    // The shared memory beside a database is no part of what lasts: SQLite makes it anew.
    (file === root || file.startsWith(`${root}/`)) && !file.endsWith('-shm');

  const name = (...changed: readonly (readonly [string, Node | null])[]): void => {
    const naming: Naming = {
      order: (order += 1),
      parent: path.dirname(changed[0]?.[0] ?? root),
      names: changed,
    };
    keepNames(names, naming);
    namings.push(naming);
  };

  const make = (file: string, isFolder: boolean): Node => {
    const node = empty(isFolder);
    name([file, node]);
    return node;
  };

  const write = (node: Node, written: Part | { readonly size: number }): void => {
    node.pending.push({ order: (order += 1), ...written });
  };

  const sync = (file: string, node: Node): void => {
    node.durable = node.pending.reduce<Buffer>(withWritten, Buffer.from(node.durable));
    node.pending = [];
    if (!node.isFolder) return;
    for (const naming of namings) if (naming.parent === file) keepNames(durableNames, naming);
    namings = namings.filter(({ parent }) => parent !== file);
  };

  const openAt = (call: DiskCall & { readonly call: 'open' }): void => {
    open.delete(call.fd);
    if (!isOurs(call.path)) return;
    const node = names.get(call.path) ?? (call.create ? make(call.path, false) : undefined);
    if (node === undefined) throw new Error(`The model disk has no ${call.path}`);
    if (call.truncate && !node.isFolder) write(node, { size: 0 });
    open.set(call.fd, { path: call.path, node, place: 0 });
  };

  const apply = (call: DiskCall): void => {
    const file = 'fd' in call ? open.get(call.fd) : undefined;
    switch (call.call) {
      case 'open':
        openAt(call);
        return;
      case 'close':
        open.delete(call.fd);
        return;
      case 'write':
        if (file === undefined) return;
        write(file.node, { at: call.at ?? file.place, bytes: call.bytes });
        if (call.at === null) file.place += call.bytes.length;
        return;
      case 'resize':
        if (file !== undefined) write(file.node, { size: call.size });
        return;
      case 'sync':
        if (file !== undefined) sync(file.path, file.node);
        return;
      case 'rename': {
        const node = names.get(call.from);
        if (node !== undefined) name([call.from, null], [call.to, node]);
        return;
      }
      case 'remove':
        if (names.has(call.path)) name([call.path, null]);
        return;
      case 'make-folder':
        if (isOurs(call.path)) make(call.path, true);
        return;
      default:
        throw new Error(`No such call: ${JSON.stringify(call satisfies never)}`);
    }
  };

  return {
    apply,
    unsettled: () =>
      [...namings, ...[...new Set(names.values())].flatMap((node) => node.pending)]
        .map((each) => each.order)
        .toSorted((a, b) => a - b),
    imageInto: (folder, fate) => {
      const kept = new Map(durableNames);
      for (const naming of namings) if (fate.keeps(naming.order)) keepNames(kept, naming);
      // A folder before what lies in it; what lies in a folder that is not there is not there either.
      for (const [file, node] of [...kept].toSorted(([a], [b]) => a.length - b.length)) {
        const place = path.join(folder, path.relative(root, file));
        if (file === root || !fs.existsSync(path.dirname(place))) continue;
        if (node.isFolder) fs.mkdirSync(place);
        else fs.writeFileSync(place, contentBy(node, fate));
      }
    },
  };
};
