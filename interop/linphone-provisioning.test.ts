import { setPassword, updateAccount } from '@dialtone/server';
import { computeHa1 } from '@dialtone/sip/digest';
import { describe, expect, it } from 'vitest';
import { startDialtone } from './support/dialtone.ts';
import { freePort } from './support/free-port.ts';
import { startKamailio } from './support/kamailio.ts';
import { type Linphone, startLinphone } from './support/linphone.ts';
import { waitUntil } from './support/wait-until.ts';

const AOR = 'alice@sip.example.org';

const configUri = (url: string): string => `[misc]\nconfig-uri=${url}\n`;

/** A phone that has the account of alice, with `more` in its section, and asks the stable URL at each start. */
const phoneOfAlice = ({ url, sipPort }: { url: string; sipPort: number }, more = ''): string =>
  `[sip]
default_proxy=0
[proxy_0]
reg_proxy=<sip:127.0.0.1:${sipPort};transport=tcp>
reg_identity=sip:alice@sip.example.org
${more}
[auth_info_0]
username=alice
domain=sip.example.org
passwd=secret
${configUri(`${url}/provisioning/me`)}`;

const sections = ({ configuration }: Linphone, name: string): readonly string[] =>
  configuration.match(new RegExp(`^\\[${name}_\\d+\\]$`, 'gm')) ?? [];

const configured = (linphone: Linphone, text: string): Promise<true> =>
  waitUntil(`the phone’s configuration holds ${text}`, () =>
    linphone.configuration.includes(text) ? true : undefined,
  );

describe('Debian’s Linphone and our provisioning URLs', () => {
  it('creates the account of a token URL and registers it at our registrar', async () => {
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice', {
      displayName: "Alice O'Hara",
      activated: false,
    });
    await using linphone = await startLinphone({
      config: configUri(await dialtone.provisioningUrl(alice)),
    });
    const [binding] = await dialtone.registered(AOR);
    expect(binding?.instanceId).toMatch(/^urn:uuid:/);
    const { configuration } = linphone;
    expect(configuration).toContain(`reg_identity="Alice O'Hara" <sip:alice@sip.example.org>`);
    expect(configuration).toContain(`reg_proxy=<sip:127.0.0.1:${dialtone.sipPort};transport=tcp>`);
    expect(sections(linphone, 'proxy')).toEqual(['[proxy_0]']);
    expect(configuration).toContain(`config-uri=${dialtone.url}/provisioning/me`);
  });

  it('registers with the new password of a token URL with reset_password', async () => {
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice');
    const url = await dialtone.provisioningUrl(alice, { resetPassword: true });
    await using linphone = await startLinphone({ config: configUri(url) });
    await dialtone.registered(AOR);
    const old = computeHa1({
      algorithm: 'SHA-256',
      username: 'alice',
      realm: 'sip.example.org',
      password: 'secret',
    });
    expect(linphone.configuration).toContain('ha1=');
    expect(linphone.configuration).not.toContain(old);
  });

  it('takes what the public URL says, and no account', async () => {
    await using dialtone = await startDialtone();
    await using linphone = await startLinphone({
      config: configUri(`${dialtone.url}/provisioning`),
    });
    await configured(linphone, `contacts-vcard-list=${dialtone.url}/contacts/vcard`);
    expect(sections(linphone, 'proxy')).toEqual([]);
  });

  it('authenticates at the me URL with the account it has', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice', { displayName: 'From the server' });
    await using linphone = await startLinphone({
      config: phoneOfAlice(dialtone),
    });
    await configured(linphone, 'reg_identity="From the server" <sip:alice@sip.example.org>');
    await dialtone.registered(AOR);
    expect(sections(linphone, 'proxy')).toEqual(['[proxy_0]']);
  });

  it('fetches its configuration again at each start', async () => {
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice', { displayName: 'Alice' });
    await using linphone = await startLinphone({
      config: configUri(await dialtone.provisioningUrl(alice)),
    });
    await dialtone.registered(AOR);
    await updateAccount(dialtone.platform, alice.id, { displayName: 'Alice Liddell' });
    await linphone.restart();
    await configured(linphone, 'reg_identity="Alice Liddell" <sip:alice@sip.example.org>');
    await dialtone.registered(AOR);
    expect(sections(linphone, 'proxy')).toEqual(['[proxy_0]']);
  });

  it('leaves an account off that its owner switched off, until a code is scanned', async () => {
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice', { displayName: 'From the server' });
    await using linphone = await startLinphone({
      config: phoneOfAlice(dialtone, 'reg_sendregister=0'),
    });
    await configured(linphone, 'reg_identity="From the server" <sip:alice@sip.example.org>');
    expect(linphone.configuration).toContain('reg_sendregister=0');
    const url = await dialtone.provisioningUrl(alice);
    await linphone.send(`config-set misc config-uri ${url}`);
    await configured(linphone, `config-uri=${url}`);
    await linphone.restart();
    await dialtone.registered(AOR);
  });

  it('keeps the stable URL though another server had told it to forget URLs', async () => {
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice');
    const url = await dialtone.provisioningUrl(alice);
    await using linphone = await startLinphone({
      config: `${configUri(url)}transient_provisioning=1\n`,
    });
    await dialtone.registered(AOR);
    await configured(linphone, `config-uri=${dialtone.url}/provisioning/me`);
    await linphone.restart();
    expect(linphone.configuration).toContain(`config-uri=${dialtone.url}/provisioning/me`);
  });

  it('learns a changed password from a second URL', async () => {
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice');
    await using linphone = await startLinphone({
      config: configUri(await dialtone.provisioningUrl(alice)),
    });
    await dialtone.registered(AOR);
    await setPassword(dialtone.platform, alice.id, 'changed');
    const url = await dialtone.provisioningUrl(alice);
    await linphone.send(`config-set misc config-uri ${url}`);
    // The phone writes its file once a second; stopped before, it would forget the URL.
    await configured(linphone, `config-uri=${url}`);
    await linphone.restart();
    await configured(
      linphone,
      computeHa1({
        algorithm: 'SHA-256',
        username: 'alice',
        realm: 'sip.example.org',
        password: 'changed',
      }),
    );
    await dialtone.registered(AOR);
    expect(sections(linphone, 'auth_info')).toEqual(['[auth_info_0]']);
  });

  it('is turned away without the header when the space asks for it, and stays as it was', async () => {
    await using dialtone = await startDialtone({ provisioningHeader: true });
    const alice = await dialtone.createAccount('alice', { activated: false });
    const url = await dialtone.provisioningUrl(alice);
    await using linphone = await startLinphone({ config: configUri(url) });
    await linphone.send('version');
    expect(sections(linphone, 'proxy')).toEqual([]);
    const row = await dialtone.platform.db
      .selectFrom('provisioning_tokens')
      .select('used')
      .where('token', '=', url.split('/').at(-1) ?? '')
      .executeTakeFirstOrThrow();
    expect(row.used).toBe(0);
  });

  it('registers at a Kamailio that reads our accounts', async () => {
    const port = await freePort();
    await using dialtone = await startDialtone({
      config: {
        DIALTONE_REGISTRAR: 'false',
        DIALTONE_SIP_PROXY: `sip:127.0.0.1:${port};transport=tcp`,
      },
    });
    await using kamailio = await startKamailio({ database: dialtone.database, port });
    const alice = await dialtone.createAccount('alice');
    await using linphone = await startLinphone({
      config: configUri(await dialtone.provisioningUrl(alice)),
    });
    const bindings = await waitUntil('Kamailio has a binding', async () => {
      const dump = await kamailio.bindings();
      return dump.includes('AoR: ') ? dump : undefined;
    }).catch((cause: unknown) => {
      throw new Error(`${kamailio.output}\n${linphone.output}\n${linphone.configuration}`, {
        cause,
      });
    });
    expect(bindings).toContain(`AoR: ${AOR}`);
  });

  it('registers an external account too', async () => {
    await using provider = await startDialtone({ domain: 'ext.example.org', algorithm: 'MD5' });
    await provider.createAccount('trunk');
    await using dialtone = await startDialtone();
    const alice = await dialtone.createAccount('alice');
    const realm = 'ext.example.org';
    await dialtone.platform.db
      .insertInto('external_accounts')
      .values({
        account_id: alice.id,
        username: 'trunk',
        domain: realm,
        password: computeHa1({ algorithm: 'MD5', username: 'trunk', realm, password: 'secret' }),
        registrar: `127.0.0.1:${provider.sipPort}`,
        protocol: 'UDP',
      })
      .execute();
    await using linphone = await startLinphone({
      config: configUri(await dialtone.provisioningUrl(alice)),
    });
    await dialtone.registered(AOR);
    await provider.registered('trunk@ext.example.org');
    expect(sections(linphone, 'proxy')).toEqual(['[proxy_0]', '[proxy_1]']);
  });
});
