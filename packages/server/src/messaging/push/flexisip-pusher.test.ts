import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flexisipPusher, pusherArguments } from './flexisip-pusher.ts';

const push = { kind: 'push', to: 'prid', provider: 'fcm', param: 'project' } as const;

const send = (pusherPath: string) =>
  flexisipPusher({ pusherPath, firebaseKeys: [] }).send(
    { ...push, customPayload: { token: "a'; touch x" } },
    { id: 1, spaceId: undefined },
  );

describe('Flexisip pusher', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialtone-push-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const program = (name: string, script: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('gets its arguments in the order it expects', () => {
    expect(pusherArguments(push, [])).toEqual([
      '--pn-provider',
      'fcm',
      '--pn-param',
      'project',
      '--pn-prid',
      'prid',
    ]);
    const call = { ...push, callId: 'c', type: 'call', customPayload: { token: 't' } } as const;
    expect(pusherArguments(call, ['other:x', 'project:/a:b.json']).slice(6)).toEqual([
      '--customPayload',
      '{"token":"t"}',
      '--call-id',
      'c',
      '--key',
      '/a:b.json',
    ]);
    for (const [type, apple] of [
      [undefined, 'Background'],
      ['background', 'Background'],
      ['message', 'RemoteWithMutableContent'],
      ['call', 'PushKit'],
    ] as const) {
      const message = { ...push, provider: 'apns.dev', ...(type === undefined ? {} : { type }) };
      expect(pusherArguments(message, []).slice(6)).toEqual(['--apple-push-type', apple]);
    }
  });

  it('is given nothing that it could take for an option', async () => {
    const pusher = flexisipPusher({ pusherPath: program('any', 'exit 0'), firebaseKeys: [] });
    for (const part of [{ to: '--key' }, { param: '-x' }, { callId: '--pn-prid' }]) {
      const sent = pusher.send({ ...push, ...part }, { id: 1, spaceId: undefined });
      await expect(sent).rejects.toMatchObject({ code: 'delivery-failed', permanent: true });
    }
    await pusher.send({ ...push, to: 'a-b' }, { id: 1, spaceId: undefined });
  });

  it('is run without a shell', async () => {
    const output = join(folder, 'arguments');
    await send(program('ok', `printf '%s\\n' "$@" > '${output}'`));
    expect(readFileSync(output, 'utf8')).toContain(`{"token":"a'; touch x"}\n`);
  });

  it('has failed when it is missing or ends with another status than 0', async () => {
    await expect(send(program('bad', 'exit 3'))).rejects.toMatchObject({
      code: 'delivery-failed',
      message: 'the pusher failed (3)',
    });
    await expect(send(join(folder, 'missing'))).rejects.toThrow('the pusher failed (ENOENT)');
  });
});
