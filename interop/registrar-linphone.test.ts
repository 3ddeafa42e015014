import { describe, expect, it } from 'vitest';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { type Linphone, registrationState, startLinphone } from './support/linphone.ts';

const AOR = 'alice@sip.example.org';

/** Lets the phone register an account by command; returns the account's number. */
async function register(
  linphone: Linphone,
  { sipPort }: Dialtone,
  { transport = 'udp', password = 'secret' } = {},
): Promise<number> {
  const server = `sip:127.0.0.1:${sipPort};transport=${transport}`;
  const reply = await linphone.send(`register sip:${AOR} <${server}> ${password}`);
  return Number(/Id: (\d+)/.exec(reply)?.[1]);
}

describe('Debian’s Linphone at our registrar', () => {
  it.each([
    ['udp', 'MD5'],
    ['udp', 'SHA-256'],
    ['tcp', 'MD5'],
    ['tcp', 'SHA-256'],
  ] as const)(
    'registers over %s with %s, and unregisters when it quits',
    async (transport, algorithm) => {
      await using dialtone = await startDialtone({ algorithm });
      await dialtone.createAccount('alice');
      await using linphone = await startLinphone();
      const id = await register(linphone, dialtone, { transport });
      await registrationState(linphone, id, ['Ok']);
      const [binding] = await dialtone.registered(AOR);
      expect(binding?.received.protocol).toBe(transport);
      expect(binding?.instanceId).toMatch(/^urn:uuid:/);
      await linphone.quit();
      await dialtone.registered(AOR, 0);
    },
  );

  it('fails with a wrong password, without a second try', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using linphone = await startLinphone();
    const id = await register(linphone, dialtone, { password: 'wrong' });
    await registrationState(linphone, id, ['Failed']);
    expect(await dialtone.registered(AOR, 0)).toEqual([]);
  });

  it('refreshes before its registration ends', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    const { sipPort } = dialtone;
    await using linphone = await startLinphone({
      config: `[proxy_0]
reg_proxy=<sip:127.0.0.1:${sipPort};transport=tcp>
reg_identity=sip:${AOR}
reg_expires=2
reg_sendregister=1
[auth_info_0]
username=alice
domain=sip.example.org
passwd=secret
`,
    });
    const [first] = await dialtone.registered(AOR);
    const [second] = await dialtone.registered(AOR, 1, ({ cseq }) => cseq !== first?.cseq);
    expect(second?.callId).toBe(first?.callId);
    await registrationState(linphone, 1, ['Ok']);
  });

  it('registers a dependent account with the contact of its master', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await dialtone.createAccount('bob');
    const { sipPort } = dialtone;
    const account = (name: string): string => `reg_proxy=<sip:127.0.0.1:${sipPort};transport=tcp>
reg_identity=sip:${name}@sip.example.org
reg_sendregister=1
`;
    await using linphone = await startLinphone({
      config: `[proxy_0]
${account('alice')}idkey=master
[proxy_1]
${account('bob')}depends_on=master
[auth_info_0]
username=alice
domain=sip.example.org
passwd=secret
[auth_info_1]
username=bob
domain=sip.example.org
passwd=secret
`,
    });
    await registrationState(linphone, 2, ['Ok']);
    const [alice] = await dialtone.registered(AOR);
    const [bob] = await dialtone.registered('bob@sip.example.org');
    expect(bob?.contact.uri.user).toBe('alice');
    expect(bob?.contact.uri.host).toBe(alice?.contact.uri.host);
  });
});
