import { join } from 'node:path';
import { ensureNpmPackages, root, runNode } from './bootstrap.mjs';

ensureNpmPackages();
process.exit(runNode([join(root, 'packages/cli/src/demo/main.ts'), ...process.argv.slice(2)]));
