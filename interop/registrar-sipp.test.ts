import { describe, expect, it } from 'vitest';
import { startDialtone } from './support/dialtone.ts';
import { runSippClient } from './support/sipp.ts';

const credentials = (username: string, password: string): string =>
  `[authentication username=${username} password=${password}]`;

const user = (username: string, password = 'secret'): readonly string[] => [
  username,
  'sip.example.org',
  credentials(username, password),
];

describe('sipp at our registrar', () => {
  it.each(['udp', 'tcp'] as const)(
    'registers fifty users and takes them away (%s)',
    async (transport) => {
      await using dialtone = await startDialtone({ algorithm: 'MD5' });
      const names = Array.from({ length: 50 }, (_, n) => `user${n}`);
      for (const name of names) await dialtone.createAccount(name);
      const users = names.map((name) => user(name));
      const target = dialtone.sipPort;
      await runSippClient({ scenario: 'register', transport, target, users });
      for (const name of names) {
        expect(await dialtone.registered(`${name}@sip.example.org`, 0)).toEqual([]);
      }
    },
  );

  it.each([
    ['a wrong password', 'alice'],
    ['an unknown user', 'nobody'],
  ])('is refused with %s, both alike', async (_what, name) => {
    await using dialtone = await startDialtone({ algorithm: 'MD5' });
    await dialtone.createAccount('alice');
    await runSippClient({
      scenario: 'register-refused',
      target: dialtone.sipPort,
      users: [user(name, 'wrong')],
    });
    expect(await dialtone.registered(`${name}@sip.example.org`, 0)).toEqual([]);
  });
});
