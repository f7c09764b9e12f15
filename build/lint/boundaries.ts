import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * Who may import whom. The table is the one of the architecture page, row by row; the rule in
 * `plugin.ts` reads it for every import, type imports included, and a test proves that each
 * forbidden import is reported.
 */

type Packages =
  | { readonly kind: 'only'; readonly names: readonly string[] }
  | { readonly kind: 'except'; readonly names: readonly string[] };

export type Folder = {
  /** Path from the project's root, with a closing slash. The longest match decides. */
  readonly path: string;
  /** Folders whose files may be imported, besides the folder's own. */
  readonly folders: readonly string[];
  /** Whether `node:` modules exist where this code runs. */
  readonly node: boolean;
  readonly packages: Packages;
};

const electron = ['electron', 'electron-updater'];

/** Packages that need neither DOM nor Node. */
const std = [
  'zod',
  'date-fns',
  'finnish-ssn',
  'fractional-indexing',
  'node-diff3',
  '@noble/hashes',
  '@noble/curves',
];

const window = [
  'react',
  'react-dom',
  'react-aria-components',
  '@react-aria',
  '@react-stately',
  '@react-types',
  '@internationalized',
  'react-i18next',
  'i18next',
  '@tanstack',
  'd3-scale',
  'd3-force',
  'd3-shape',
  'd3-array',
  'd3-time',
  'd3-time-format',
];

const store = ['react-redux', '@reduxjs/toolkit'];

const stdPackages: Packages = { kind: 'only', names: std };
const nodePackages: Packages = { kind: 'except', names: [...electron, ...window, ...store] };

/** Every folder may read what ships beside the code: rules, code lists, words. */
const data = 'resources/';

function stdFolder(folder: string, folders: readonly string[]): Folder {
  return { path: folder, folders: [...folders, data], node: false, packages: stdPackages };
}

function nodeFolder(folder: string, folders: readonly string[]): Folder {
  return { path: folder, folders: [...folders, data], node: true, packages: nodePackages };
}

function windowFolder(folder: string, folders: readonly string[], packages: string[]): Folder {
  return {
    path: folder,
    folders: [...folders, data],
    node: false,
    packages: { kind: 'only', names: [...std, ...packages] },
  };
}

function electronFolder(folder: string, folders: readonly string[], node: boolean): Folder {
  return {
    path: folder,
    folders: [...folders, data],
    node,
    packages: node
      ? { kind: 'except', names: [...window, ...store] }
      : { kind: 'only', names: ['electron', ...std] },
  };
}

export const folders: readonly Folder[] = [
  stdFolder('src/shared/lib/', []),
  stdFolder('src/shared/domain/', ['src/shared/lib/']),
  // What only the region answers goes through the core unchanged: one map for the wire and the contract.
  stdFolder('src/shared/contract/', [
    'src/shared/domain/',
    'src/shared/protocol/',
    'src/shared/lib/',
  ]),
  stdFolder('src/shared/protocol/', ['src/shared/domain/', 'src/shared/lib/']),
  stdFolder('src/shared/sync/', ['src/shared/domain/', 'src/shared/protocol/', 'src/shared/lib/']),

  nodeFolder('src/main/db/', ['src/shared/']),
  nodeFolder('src/main/core/', ['src/shared/', 'src/main/db/']),
  nodeFolder('src/main/hosts/node/', ['src/shared/', 'src/main/core/', 'src/main/db/']),
  nodeFolder('src/main/hosts/loopback/', ['src/shared/', 'src/main/hosts/node/']),
  electronFolder('src/main/hosts/electron/', ['src/shared/', 'src/main/hosts/node/'], true),
  electronFolder('src/preload/', ['src/shared/contract/', 'src/shared/lib/'], false),

  windowFolder('src/renderer/client/', ['src/shared/contract/', 'src/shared/lib/'], []),
  windowFolder('src/renderer/components/', ['src/shared/domain/', 'src/shared/lib/'], window),
  windowFolder(
    'src/renderer/store/',
    ['src/renderer/client/', 'src/shared/'],
    [...window, ...store],
  ),
  windowFolder('src/renderer/words/', ['src/shared/domain/'], window),
  windowFolder(
    'src/renderer/features/',
    ['src/renderer/components/', 'src/renderer/store/', 'src/renderer/words/', 'src/shared/'],
    [...window, ...store],
  ),
  // The window's own entry and frame, which put the features together.
  windowFolder('src/renderer/', ['src/renderer/', 'src/shared/'], [...window, ...store]),

  nodeFolder('src/server/db/', ['src/shared/']),
  nodeFolder('src/server/region/', ['src/shared/', 'src/server/db/']),
  nodeFolder('src/server/http/', ['src/shared/', 'src/server/region/']),
  // The server's entry, which puts its parts together.
  nodeFolder('src/server/', ['src/server/', 'src/shared/']),

  nodeFolder('scripts/', ['src/shared/', 'src/main/', 'src/server/', 'build/', 'tests/', 'bench/']),
  // Measures the window from outside, in a browser, beside a bare page of its own.
  {
    path: 'bench/window/page/',
    folders: ['bench/', 'tests/'],
    node: true,
    packages: { kind: 'except', names: [] },
  },
  nodeFolder('bench/', ['src/shared/', 'src/main/', 'src/server/', 'tests/']),
  nodeFolder('build/', []),
];

/** Only these may name Electron, tests included: importing it in plain Node throws. */
const electronFolders = ['src/main/hosts/electron/', 'src/preload/'];

const builtins = new Set(builtinModules);

const aliases: ReadonlyMap<string, string> = new Map([
  ['#shared/', 'src/shared/'],
  ['#main/', 'src/main/'],
  ['#preload/', 'src/preload/'],
  ['#renderer/', 'src/renderer/'],
  ['#server/', 'src/server/'],
  ['#resources/', 'resources/'],
]);

/**
 * @param file path of the importing file from the project's root, with forward slashes
 * @param specifier what stands between the quotes of the import
 * @returns why the import is forbidden, or undefined when it is allowed
 */
export function whyForbidden(file: string, specifier: string): string | undefined {
  const test = /\.test\.tsx?$/.test(file) || file.startsWith('tests/');
  const target = targetOf(file, specifier);

  if (target.kind === 'package' && electron.includes(packageName(target.name))) {
    return electronFolders.some((folder) => file.startsWith(folder))
      ? undefined
      : 'Electron is imported only in src/main/hosts/electron and src/preload.';
  }
  if (
    target.kind === 'file' &&
    specifier.startsWith('.') &&
    topFolder(file) !== topFolder(target.path)
  ) {
    const alias = [...aliases].find(([, folder]) => target.path.startsWith(folder));
    if (alias !== undefined) {
      return `Write ${alias[0]}… for a file of another top folder, not a path of dots.`;
    }
  }
  // Tests gather parts from every side; what they must not do stands above.
  if (test) return undefined;

  const own = folders.find((folder) => file.startsWith(folder.path));
  if (own === undefined) {
    return file.startsWith('src/')
      ? `${file} lies in a folder that has no place in the house.`
      : undefined;
  }
  if (target.kind === 'file') return whyFileForbidden(own, file, target.path);
  if (target.kind === 'builtin') {
    return own.node
      ? undefined
      : `${own.path} runs without Node: ${target.name} does not exist there.`;
  }
  const listed = own.packages.names.some(
    (name) => target.name === name || target.name.startsWith(`${name}/`),
  );
  if (listed === (own.packages.kind === 'only')) return undefined;
  return `${own.path} may not import the package ${target.name}.`;
}

function whyFileForbidden(own: Folder, file: string, target: string): string | undefined {
  if (own.path === 'src/renderer/features/' && target.startsWith(own.path)) {
    const topic = (name: string): string => name.slice(own.path.length).split('/')[0] ?? '';
    const inside = target.slice(own.path.length + topic(target).length);
    if (topic(file) === topic(target) || /^\/(index\.tsx?)?$/.test(inside) || inside === '') {
      return undefined;
    }
    return `Another feature is reached only through its index: ${target}`;
  }
  const home = folders.find((folder) => target.startsWith(folder.path));
  if (home?.path === own.path) return undefined;
  if (own.folders.some((folder) => target.startsWith(folder))) return undefined;
  if (target === 'package.json') return undefined;
  return `${own.path} may not import from ${home?.path ?? target}.`;
}

type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string };

function targetOf(file: string, specifier: string): Target {
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier };
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) {
    return { kind: 'file', path: path.posix.join(path.posix.dirname(file), bare) };
  }
  for (const [alias, folder] of aliases) {
    if (bare.startsWith(alias)) {
      return { kind: 'file', path: path.posix.normalize(folder + bare.slice(alias.length)) };
    }
  }
  if (builtins.has(bare)) return { kind: 'builtin', name: bare };
  return { kind: 'package', name: bare };
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** `src/shared/`, `src/main/`, … `tests/`, `scripts/`: the folders that have an alias of their own. */
function topFolder(file: string): string {
  const parts = file.split('/');
  return parts[0] === 'src' ? parts.slice(0, 2).join('/') : (parts[0] ?? file);
}
