import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNpmPackages, ensureSystemPackages, root, runNode } from './bootstrap.mjs';

ensureNpmPackages();
ensureSystemPackages();

const folder = mkdtempSync(join(tmpdir(), 'dialtone-test-'));
const report = join(folder, 'report.json');
const exitCode = runNode([
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

if (!existsSync(report)) {
  process.stdout.write('The test runner ended without a report.\n0 passed, 1 failed, 0 skipped\n');
  process.exit(exitCode || 1);
}
const result = JSON.parse(readFileSync(report, 'utf8'));
rmSync(folder, { recursive: true, force: true });
const skipped = result.numPendingTests + result.numTodoTests;
// A file that fails to load has no tests of its own but is a failure all the same.
const broken = result.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
const failed = result.numFailedTests + broken;
process.stdout.write(`${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(exitCode || (failed > 0 || result.numPassedTests === 0 ? 1 : 0));
