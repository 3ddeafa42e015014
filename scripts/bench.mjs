import { join } from 'node:path';
import { ensureNpmPackages, root, runNode } from './bootstrap.mjs';

ensureNpmPackages();
process.exit(runNode(['--expose-gc', join(root, 'bench/main.ts'), ...process.argv.slice(2)]));
