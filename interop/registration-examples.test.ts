import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main as authentication } from '../docs/examples/registration-authentication.ts';
import { main as basic } from '../docs/examples/registration-basic.ts';
import { main as callback } from '../docs/examples/registration-callback.ts';
import { main as dependency } from '../docs/examples/registration-dependency.ts';
import { main as unregister } from '../docs/examples/registration-unregister.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';

const identity = 'sip:alice@sip.example.org';

let dialtone: Dialtone;
let server: string;
beforeAll(async () => {
  dialtone = await startDialtone();
  await dialtone.createAccount('alice');
  await dialtone.createAccount('bob', { password: 'other secret' });
  server = `sip:127.0.0.1:${dialtone.sipPort};transport=tcp`;
});
afterAll(() => dialtone[Symbol.asyncDispose]());

type Example<Options> = (options: Options, log: (line: string) => void) => Promise<void>;

async function run<Options>(example: Example<Options>, options: Options): Promise<string[]> {
  const lines: string[] = [];
  await example(options, (line) => lines.push(line));
  await dialtone.registered('alice@sip.example.org', 0);
  return lines;
}

describe('the examples of the documentation, at a real server', () => {
  it('basic registration', async () => {
    expect(await run(basic, { identity, password: 'secret', server })).toEqual([
      expect.stringMatching(/^registered, reachable at sip:alice@127\.0\.0\.1:\d+;transport=tcp$/),
    ]);
    expect(await run(basic, { identity, password: 'wrong', server })).toEqual([
      'not registered: 403 Forbidden',
    ]);
  });

  it('runs as a program, too', async () => {
    const file = join(import.meta.dirname, '../docs/examples/registration-basic.ts');
    const udp = server.replace('tcp', 'udp');
    const { stdout } = await promisify(execFile)(process.execPath, [file, identity, 'secret', udp]);
    expect(stdout).toMatch(/^registered, reachable at sip:alice@.*transport=udp\n$/);
  });

  it('state callback', async () => {
    const told = await run(callback, { identity, password: 'secret', server });
    expect(told).toEqual(
      ['Progress', 'Ok', 'Cleared'].map((state) =>
        expect.stringContaining(
          `New registration state LinphoneRegistration${state} for user id [${identity}] at proxy [<${server}>]`,
        ),
      ),
    );
    expect(await run(callback, { identity, password: 'wrong', server })).toContain(
      'failed: wrong credentials',
    );
  });

  it('authentication on demand', async () => {
    const question = 'alice needs a password for sip.example.org (SHA-256)';
    expect(await run(authentication, { identity, password: 'secret', server })).toEqual([
      question,
      'registered',
    ]);
    const refused = await run(authentication, { identity, password: 'wrong', server });
    expect(refused.slice(0, 2)).toEqual([question, 'failed']);
  });

  it('unregistration', async () => {
    expect(await run(unregister, { identity, password: 'secret', server })).toEqual([
      'LinphoneRegistrationProgress',
      'LinphoneRegistrationOk',
      'LinphoneRegistrationCleared',
    ]);
  });

  it('dependency', async () => {
    const master = { identity, password: 'secret', server };
    const bob = { identity: 'sip:bob@sip.example.org', password: 'other secret', server };
    const lines = await run(dependency, { master, dependent: bob });
    const contact = / as (.*)$/.exec(lines[0] ?? '')?.[1];
    expect(contact).toMatch(/^sip:alice@127\.0\.0\.1/);
    expect(lines).toEqual([
      `${identity} is registered as ${contact}`,
      `${bob.identity} is registered as ${contact}`,
    ]);
    const refused = await run(dependency, {
      master: { ...master, password: 'wrong' },
      dependent: bob,
    });
    // A dependent hears of its master before the application does.
    expect(refused).toEqual([`${bob.identity} failed`, `${identity} failed`]);
  });
});
