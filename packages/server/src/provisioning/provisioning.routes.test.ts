import { computeHa1 } from '@dialtone/sip/digest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { updateAccount } from '../accounts/update-account.ts';
import { setSpaceDoors, updateSpace } from '../spaces/space.service.ts';
import type { Space } from '../spaces/space.ts';
import { createAuthToken } from '../tokens/auth-token.ts';
import {
  buildProvisioningTest,
  entriesOf,
  type ProvisioningTest,
} from './testing/provisioning-test.ts';

let test: ProvisioningTest;

beforeEach(async () => {
  test = await buildProvisioningTest();
});

afterEach(() => test.close());

describe('the provisioning header', () => {
  it('P1: the public document without it → 400', async () => {
    expect((await test.stranger('/provisioning')).statusCode).toBe(400);
  });

  it('P2: with it → 200 application/xml without ha1', async () => {
    const reply = await test.phone('/provisioning');
    expect(entriesOf(reply)).toMatchObject({
      'misc/contacts-vcard-list': 'http://sip.example.com/contacts/vcard',
    });
    expect(reply.body).not.toContain('ha1');
    expect(reply.body).not.toContain('proxy_0');
  });

  it('the public document is of the host that was asked, as its space is now', async () => {
    const ask = async (host: string) =>
      entriesOf(await test.phone('/provisioning', { headers: { host } }));
    await test.createSpace({
      domain: 'other.example.com',
      customProvisioningEntries: '[misc]\nof=other',
    });
    for (const host of ['sip.example.com', 'sip.example.com:8443', 'SIP.example.com']) {
      expect(await ask(host)).toMatchObject({
        'misc/contacts-vcard-list': `http://${host}/contacts/vcard`,
      });
    }
    expect(await ask('other.example.com')).toMatchObject({ 'misc/of': 'other' });
    const entries = { customProvisioningEntries: '[misc]\nof=now' };
    await updateSpace(test.platform, test.space.domain, { ...test.space, ...entries });
    expect(await ask('sip.example.com')).toMatchObject({ 'misc/of': 'now' });
    await test.platform.db
      .insertInto('space_carddav_servers')
      .values({ space_id: test.space.id, uri: 'https://dav.example.com/', enabled: 1 })
      .execute();
    expect(JSON.stringify(await ask('sip.example.com'))).toContain('https://dav.example.com/');
  });

  it('P3: me with a key but without it → 400, nothing activated or spent', async () => {
    const token = await test.newToken();
    expect((await test.stranger('/provisioning/me', { key: test.key })).statusCode).toBe(400);
    expect(await test.isActivated()).toBe(false);
    expect(await test.isUnused(token)).toBe(true);
  });

  it('P4: a token without it → 400, nothing activated or spent', async () => {
    const token = await test.newToken();
    expect((await test.stranger(`/provisioning/${token}`)).statusCode).toBe(400);
    expect(await test.isActivated()).toBe(false);
    expect(await test.isUnused(token)).toBe(true);
  });

  it('X10: an empty value is enough', async () => {
    const headers = { 'x-linphone-provisioning': '' };
    expect((await test.phone('/provisioning', { headers })).statusCode).toBe(200);
  });

  it('is not asked for where the space does not want it', async () => {
    await setSpaceDoors(test.platform, test.space.domain, { provisioningHeaderRequired: false });
    expect((await test.stranger('/provisioning')).statusCode).toBe(200);
    expect((await test.stranger('/provisioning/me', { key: test.key })).statusCode).toBe(200);
    expect((await test.stranger(`/provisioning/${await test.newToken()}`)).statusCode).toBe(200);
  });

  it('is not asked for with an auth token', async () => {
    const { token } = await createAuthToken(test.platform, {}, test.ann.id);
    expect((await test.stranger(`/provisioning/auth_token/${token}`)).statusCode).toBe(200);
  });
});

describe('the URL of an authenticated account', () => {
  it('P5: without credentials → 401', async () => {
    expect((await test.phone('/provisioning/me')).statusCode).toBe(401);
  });

  it('P6: with a key but without the header → 400', async () => {
    expect((await test.stranger('/provisioning/me', { key: test.key })).statusCode).toBe(400);
  });

  it('P7, P8: with both → 200 with ha1 and contacts-vcard-list, as often as asked', async () => {
    for (let turn = 0; turn < 2; turn++) {
      const all = entriesOf(await test.phone('/provisioning/me', { key: test.key }));
      expect(all).toMatchObject({
        'proxy_0/reg_identity': `"Ann O'Hara" <sip:ann@sip.example.com>`,
        'auth_info_0/ha1': (await test.storedHashes())[0],
        'auth_info_0/realm': 'sip.example.com',
        'auth_info_0/algorithm': 'SHA-256',
        'misc/contacts-vcard-list': 'http://sip.example.com/contacts/vcard',
        'misc/config-uri': 'http://sip.example.com/provisioning/me',
      });
    }
    expect(await test.isActivated()).toBe(false);
  });

  it('P9: an account moved to another space sees the flags of that space', async () => {
    const second = await test.createSpace({
      domain: 'second_sip.example.com',
      switches: { disable_call_recordings_feature: true },
    });
    await updateAccount(test.platform, test.ann.id, { domain: second.domain, password: 'secret' });
    const headers = { host: second.host };
    expect(
      entriesOf(await test.phone('/provisioning/me', { key: test.key, headers })),
    ).toMatchObject({
      'ui/disable_call_recordings_feature': '1',
      'ui/super': '0',
    });
  });

  it('tells a phone without a password to keep the URL at which it authenticates by other means', async () => {
    await test.platform.db.deleteFrom('passwords').execute();
    const all = entriesOf(await test.phone('/provisioning/me', { key: test.key }));
    expect(all['misc/transient_provisioning']).toBe('0');
    expect(all['misc/config-uri']).toBe('http://sip.example.com/provisioning/me');
  });

  it('tells a phone that never had a password to forget the URL', async () => {
    await test.platform.db.deleteFrom('passwords').execute();
    const all = entriesOf(await test.phone(`/provisioning/${await test.newToken()}`));
    expect(all['misc/transient_provisioning']).toBe('1');
    expect(all['misc/config-uri']).toBeUndefined();
  });

  it('P14: names the CardDAV servers of the space', async () => {
    await addDirectory();
    expect(entriesOf(await test.phone('/provisioning/me', { key: test.key }))).toMatchObject({
      'remote_contact_directory_0/uri': 'https://dav.example.com/',
      'remote_contact_directory_0/carddav_fields_for_user_input': 'FN,TEL',
      'carddav_0/server_url': 'https://dav.example.com/',
    });
  });

  it('leaves the older form out for phones that would add a directory for it at every start', async () => {
    await addDirectory();
    const headers = { 'user-agent': 'LinphoneAndroid/6.2.0 (Pixel 8) LinphoneSDK/5.5.0' };
    for (const url of ['/provisioning', '/provisioning/me']) {
      expect(entriesOf(await test.phone(url, { key: test.key }))).toHaveProperty([
        'carddav_0/server_url',
      ]);
      const newer = entriesOf(await test.phone(url, { key: test.key, headers }));
      expect(newer['remote_contact_directory_0/uri']).toBe('https://dav.example.com/');
      expect(newer).not.toHaveProperty(['carddav_0/server_url']);
    }
  });

  it('P15: and the credentials of the account there', async () => {
    const server = await addDirectory();
    await test.platform.db
      .insertInto('account_carddav_credentials')
      .values({
        account_id: test.ann.id,
        space_carddav_server_id: server,
        username: 'john',
        realm: 'hop.com',
        algorithm: 'MD5',
        password: computeHa1({
          algorithm: 'MD5',
          username: 'john',
          realm: 'hop.com',
          password: '1234',
        }),
      })
      .execute();
    const all = entriesOf(await test.phone('/provisioning/me', { key: test.key }));
    expect(all).toMatchObject({
      'auth_info_0/username': 'john',
      'auth_info_0/ha1': 'ce44af78c5f81f5870818b8db523fd95',
      'auth_info_0/algorithm': 'MD5',
      'auth_info_1/username': 'ann',
    });
    expect(all['auth_info_0/domain']).toBeUndefined();
  });
});

async function addDirectory(space: Space = test.space): Promise<number> {
  const inserted = await test.platform.db
    .insertInto('space_carddav_servers')
    .values({
      space_id: space.id,
      uri: 'https://dav.example.com/',
      enabled: 1,
      fields_for_user_input: 'FN,TEL',
    })
    .executeTakeFirstOrThrow();
  return Number(inserted.insertId);
}

describe('errors', () => {
  it('follow what the client accepts', async () => {
    const page = await test.phone('/provisioning/1234', { headers: { accept: 'text/html' } });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const object = await test.phone('/provisioning/1234', {
      headers: { accept: 'application/json' },
    });
    expect(object.headers['content-type']).toBe('application/json');
  });
});

describe('the entries of the space', () => {
  it('defect 17: may hold any text, which the document escapes', async () => {
    const change = { customProvisioningEntries: '[misc]\nuser_agent_suffix="R&D <1> \'x\'"' };
    await updateSpace(test.platform, test.space.domain, { ...test.space, ...change });
    const reply = await test.phone('/provisioning');
    expect(entriesOf(reply)['misc/user_agent_suffix']).toBe("R&D <1> 'x'");
    expect(reply.body).toContain('R&amp;D &lt;1&gt;');
  });

  it('overwrite what the phone has when the space says so', async () => {
    const change = { customProvisioningEntries: '[misc]\nmax_calls=7' };
    await updateSpace(test.platform, test.space.domain, { ...test.space, ...change });
    expect((await test.phone('/provisioning')).body).toContain('<entry name="max_calls">7</entry>');
    await updateSpace(test.platform, test.space.domain, {
      ...test.space,
      ...change,
      switches: { custom_provisioning_overwrite_all: true },
    });
    expect((await test.phone('/provisioning')).body).toContain(
      '<entry name="max_calls" overwrite="true">7</entry>',
    );
  });
});
