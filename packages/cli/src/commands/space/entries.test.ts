import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const dialtone = join(import.meta.dirname, '../../../../../bin/dialtone');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialtone-entries-'));
  await run('space', 'create', 'sip.example.org', '--super');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], DIALTONE_DATA: folder };
  return new Promise((resolve) => {
    execFile(dialtone, args, { env, cwd: folder }, (_error, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

const entries = (...args: readonly string[]) => run('space', 'entries', 'sip.example.org', ...args);

function write(text: string): string {
  const file = join(folder, 'entries.ini');
  writeFileSync(file, text);
  return file;
}

// Every command is a process of its own: on a busy machine a dozen of them take their time.
describe('dialtone space entries', { timeout: 60_000 }, () => {
  it('sets, shows and removes them', async () => {
    expect((await entries()).stdout).toBe('sip.example.org adds nothing.\n\noverwrite off\n');
    const file = write('[proxy_0]\nreg_expires=600\nreg_prxy=x\n');
    const shown = `[proxy_0]\nreg_expires=600\nreg_prxy=x\n\noverwrite on\n* Line 3: Linphone knows no reg_prxy in [proxy_0]; was [proxy_0] reg_proxy meant? It is sent as written.\n`;
    expect((await entries('--file', file, '--overwrite', 'on')).stdout).toBe(shown);
    expect((await entries()).stdout).toBe(shown);
    await run('account', 'create', 'ann');
    expect((await run('provision', 'ann', '--preview')).stdout).toContain(
      '<entry name="reg_expires" overwrite="true">600</entry>',
    );
    const { stdout } = await entries('--overwrite', 'off', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ overwrite: false, entries: expect.any(String) });
    expect((await entries('--remove')).stdout).toContain('adds nothing');
  });

  it('tells every faulty line, and changes nothing then', async () => {
    await entries('--file', write('[sip]\nuse_ipv6=1\n'));
    const { stdout, stderr } = await entries('--file', write('[sip\nx=1\n[sip]\nuse_ipv6=maybe\n'));
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'Line 1: "[sip" is no section name.\nLine 4: [sip] use_ipv6 must be 0 or 1, not "maybe".\n',
    );
    expect((await entries()).stdout).toContain('use_ipv6=1');
  });
});
