import { spawn } from 'node:child_process';
import path from 'node:path';

/** Compiles every environment alone, with only its own libraries, two at a time. */

const root = path.resolve(import.meta.dirname, '..');
const environments = ['std', 'node', 'dom', 'electron', 'tests', 'tests-dom'] as const;
type Environment = (typeof environments)[number];

function compile(environment: Environment): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const compiler = spawn(
      process.execPath,
      [
        path.join(root, 'node_modules/typescript/bin/tsc'),
        '--project',
        path.join(root, `build/tsconfig.${environment}.json`),
        ...(process.stdout.isTTY ? ['--pretty'] : []),
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    compiler.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    compiler.on('error', reject);
    compiler.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${environment} (${seconds} s)`);
      if (output !== '') console.log(output.trimEnd());
      resolve(code === 0);
    });
  });
}

const waiting = [...environments];
const passed: boolean[] = [];
await Promise.all(
  Array.from({ length: 2 }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      passed.push(await compile(next));
    }
  }),
);
process.exitCode = passed.every(Boolean) ? 0 : 1;
