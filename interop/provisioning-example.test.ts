import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAccountByAddress } from '@dialtone/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main, type Options } from '../docs/examples/remote-provisioning.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';

const identity = 'sip:alice@sip.example.org';

let dialtone: Dialtone;
let folder: TemporaryFolder;
beforeAll(async () => {
  dialtone = await startDialtone({ provisioningHeader: true });
  folder = temporaryFolder('phone');
});
afterAll(async () => {
  await dialtone[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function run(options: Options): Promise<string[]> {
  const lines: string[] = [];
  await main(options, (line) => lines.push(line));
  return lines;
}

describe('the example of remote provisioning, at a real server', () => {
  it('provisioning-client 18: the token activates and provisions, later starts use what it brought', async () => {
    const account = await dialtone.createAccount('alice', { activated: false });
    const url = await dialtone.provisioningUrl(account);
    const file = join(folder.path, 'linphonerc');
    expect(await run({ file, scanned: url })).toEqual([
      'take the configuration of 127.0.0.1? yes',
      'configured',
      `${identity} is registered`,
    ]);
    const found = await findAccountByAddress(dialtone.platform, 'alice', 'sip.example.org');
    expect(found?.activated).toBe(true);
    const saved = readFileSync(file, 'utf8');
    expect(saved).toContain('/provisioning/me\n');
    expect(saved).not.toMatch(/^passwd=/m);

    expect(await run({ file })).toEqual(['configured', `${identity} is registered`]);
    // The token is spent; the phone goes on with what it has.
    expect(await run({ file, scanned: `linphone-config:${url}` })).toEqual([
      'take the configuration of 127.0.0.1? yes',
      'http error',
      `${identity} is registered`,
    ]);
  });

  it('says what was wrong with what was scanned', async () => {
    const server = createServer((_request, response) => response.end('<html>hello'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const file = join(folder.path, 'other');
    expect(await run({ file, scanned: 'hello' })).toEqual(['not-a-link']);
    expect(await run({ file, scanned: `http://127.0.0.1:${port}/` })).toEqual([
      'take the configuration of 127.0.0.1? yes',
      'invalid xml',
      'no account',
    ]);
    server.close();
  });
});
