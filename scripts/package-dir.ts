import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build, Platform } from 'electron-builder';

const root = path.resolve(import.meta.dirname, '..');

export type PackageOptions = {
  /** Where the folder is made. */
  readonly output: string;
  /** An unpacked Electron; without it electron-builder fetches the real one. */
  readonly electronDist?: string;
  /** Packs the window as it was last built, if it was; without it the window is built anew. */
  readonly keepWindow?: boolean;
};

const buildParts = async (keepWindow: boolean): Promise<void> => {
  const kept = keepWindow && existsSync(path.join(root, 'out/window/index.html'));
  if (!kept) await runTool('vite', ['build', '--logLevel', 'warn']);
  await runTool('electron-vite', ['build', '--logLevel', 'warn']);
};

/**
 * Makes the folder that the installers are made from, for this platform.
 *
 * @returns the folder with the program in it
 */
export const packageDir = async ({
  output,
  electronDist,
  keepWindow = false,
}: PackageOptions): Promise<string> => {
  await buildParts(keepWindow);
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: {
      extends: path.join(root, 'electron-builder.yml'),
      directories: { output, buildResources: 'build' },
      ...(electronDist === undefined ? {} : { electronDist }),
      // The folder is for looking into; only installers are signed.
      forceCodeSigning: false,
    },
  });
  const names = { darwin: 'mac', win32: 'win-unpacked' } as const;
  const name = names[process.platform as keyof typeof names] ?? 'linux-unpacked';
  return path.join(output, name);
};

/** Runs a tool of node_modules on the Node that runs this. */
const runTool = (name: 'vite' | 'electron-vite', args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const file = path.join(root, 'node_modules', name, 'bin', `${name}.js`);
    const tool = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
    tool.once('error', reject);
    tool.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} ended with ${String(code)}.`));
    });
  });

if (process.argv[1] === import.meta.filename) {
  const electronDist = process.env['ELECTRON_DIST'];
  const folder = await packageDir({
    output: path.join(root, 'dist'),
    ...(electronDist === undefined ? {} : { electronDist }),
  });
  console.log(folder);
}
