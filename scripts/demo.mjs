import { join } from 'node:path';
import { ensureNpmPackages, root, runNode } from './bootstrap.mjs';

const [option] = process.argv.slice(2);
if (option !== undefined) {
  const usage =
    'npm run demo: walks from no account to a registered phone on a throw-away server. It takes no options.';
  (option === '--help' || option === '-h' ? console.log : console.error)(usage);
  process.exit(option === '--help' || option === '-h' ? 0 : 1);
}

ensureNpmPackages();
process.exit(runNode([join(root, 'packages/cli/src/demo/main.ts')]));
