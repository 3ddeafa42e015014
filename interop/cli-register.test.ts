import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from './support/certificate.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { startKamailio } from './support/kamailio.ts';
import { startProgram } from './support/program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { waitUntil } from './support/wait-until.ts';

const command = join(import.meta.dirname, '../bin/dialtone');
const identity = 'sip:alice@sip.example.org';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `dialtone register`. */
function register(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(command, ['register', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

let dialtone: Dialtone;
let server: readonly string[];
beforeAll(async () => {
  dialtone = await startDialtone();
  await dialtone.createAccount('alice');
  await dialtone.createAccount('idle', { activated: false });
  server = ['--server', `127.0.0.1:${dialtone.sipPort}`];
});
afterAll(() => dialtone[Symbol.asyncDispose]());

describe('dialtone register', () => {
  it.each(['udp', 'tcp'])('registers over %s and leaves nothing behind', async (transport) => {
    const args = [identity, '--password', 'secret', '--transport', transport, '--expires', '120'];
    const { code, stdout, stderr } = await register(...args, ...server);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/401 Unauthorized: asks for a password, realm "sip\.example\.org"/);
    expect(stdout).toMatch(/\nRegistered for 120 s as sip:alice@127\.0\.0\.1:\d+;transport=/);
    expect(stdout).toMatch(/Unregistered again\.\n$/);
    await dialtone.registered('alice@sip.example.org', 0);
  });

  it('prints JSON for programs', async () => {
    const { code, stdout } = await register(identity, '--password', 'secret', '--json', ...server);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      registered: true,
      identity,
      expires: 3600,
      unregistered: true,
      steps: expect.arrayContaining([{ step: 'receive', ok: true, text: expect.any(String) }]),
    });
  });

  it.each([
    ['a wrong password', identity, 'credentials-refused'],
    ['an unknown user', 'sip:nobody@sip.example.org', 'credentials-refused'],
    ['an account that is not activated', 'sip:idle@sip.example.org', 'credentials-refused'],
    ['a domain without space', 'sip:alice@elsewhere.example.org', 'not-found'],
  ])('fails with %s', async (_what, address, problem) => {
    const args = [address, '--password', 'wrong', '--json', ...server];
    const { code, stdout } = await register(...args);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ registered: false, problem: { code: problem } });
  });

  it('refuses what makes no sense before it sends anything', async () => {
    expect(await register('sip:example.org')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: '"sip:example.org" is no SIP address; write sip:user@domain.\n',
    });
    expect((await register(identity, '--server', 'a b')).stderr).toMatch(/is no server/);
    expect((await register(identity, '--expires', 'soon')).stderr).toMatch(
      /<seconds>.*whole number/,
    );
    expect((await register(identity, '--ca', '/nowhere.pem')).stderr).toMatch(/Cannot read/);
  });

  it('stays registered until Ctrl-C, with the password from the environment', async () => {
    const program = startProgram(command, ['register', identity, '--stay', ...server], {
      env: { DIALTONE_REGISTER_PASSWORD: 'secret' },
    });
    await dialtone.registered('alice@sip.example.org', 1);
    await waitUntil('the command stays', () => /Staying/.exec(program.output()) ?? undefined);
    process.kill(program.pid, 'SIGINT');
    expect(await program.ended).toBe(0);
    expect(program.output()).toMatch(/Unregistered again\.\n$/);
    await dialtone.registered('alice@sip.example.org', 0);
  });

  it('registers at Kamailio over TLS when its authority is trusted', async () => {
    using folder = temporaryFolder('certificate');
    const tls = createCertificate(folder.path);
    await using kamailio = await startKamailio({ database: dialtone.database, tls });
    const at = ['--server', `sip:localhost:${kamailio.tlsPort}`, '--transport', 'tls'];
    const args = [identity, '--password', 'secret', ...at];
    expect((await register(...args)).stdout).toMatch(/is signed by itself/);
    const trusted = await register(...args, '--ca', tls.certificateFile);
    expect(trusted.code).toBe(0);
    expect(trusted.stdout).toMatch(/connected from .* in \d+ ms/);
  });
});
