import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Ends on SIGTERM with its own words, as the server does. */
const program = `
process.on('SIGTERM', () => { console.log('ended'); process.exit(0); });
setInterval(() => {}, 1000);
console.log('ready');
`;

it('npm start passes a signal on, so that no server stays behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialtone-start-'));
  const { scripts } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts }));
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts/start.mjs'), program);
  const npm = spawn('npm', ['start', '--silent'], { cwd: folder });
  let said = '';
  for await (const chunk of npm.stdout) {
    said += String(chunk);
    if (said === 'ready\n') npm.kill('SIGTERM');
  }
  if (npm.exitCode === null && npm.signalCode === null) await once(npm, 'exit');
  rmSync(folder, { recursive: true });
  expect(said).toBe('ready\nended\n');
}, 60_000);
