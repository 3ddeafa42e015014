import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureNpmPackages, nodeBinary, root } from './bootstrap.mjs';

ensureNpmPackages();

const server = spawn(
  nodeBinary,
  [join(root, 'packages/cli/src/main.ts'), 'serve', '--first-run', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);

// The server ends itself on these signals and reports how; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
