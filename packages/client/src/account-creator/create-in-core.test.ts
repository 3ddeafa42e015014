import { describe, expect, it } from 'vitest';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { coreFixture } from '../core/testing/core-fixture.ts';
import { TransportType } from '../address/transport-type.ts';
import { AccountCreator } from './account-creator.ts';
import { FakeHost } from './testing/fake-host.ts';

function setUp(config: Record<string, string> = {}) {
  const host = new FakeHost(config);
  const creator = new AccountCreator(host);
  creator.setUsername('alice');
  creator.setDomain('example.org');
  return { host, creator };
}

describe('an account created in the core', () => {
  it('has the identity, and a server of the domain with the transport of the creator', () => {
    const { host, creator } = setUp();
    creator.setDisplayName('Alice "A"');
    creator.setTransport(TransportType.Tls);
    const account = creator.createAccountInCore();
    expect(host.accounts).toEqual([account]);
    expect(host.defaultAccount).toBe(account);
    expect(account?.settings.identityAddress?.asString()).toBe(
      '"Alice \\"A\\"" <sip:alice@example.org>',
    );
    expect(account?.settings.serverAddress?.asStringUriOnly()).toBe(
      'sip:example.org;transport=tls',
    );
  });

  it('has the server of the defaults when they give one', () => {
    const { creator } = setUp({ 'proxy_default_values/reg_proxy': '<sip:proxy.example.org>' });
    expect(creator.createProxyConfig()?.serverAddr).toBe('sip:proxy.example.org');
  });

  it('is not made the default one when that is not wanted', () => {
    const { host, creator } = setUp();
    creator.setAsDefault = false;
    creator.createProxyConfig();
    expect(host.defaultAccount).toBeNull();
  });

  it('has the prefix of the phone country, or of the phone number', () => {
    const { host, creator } = setUp();
    creator.setPhoneNumber('0612345678', '+33');
    creator.configure();
    creator.adopt({ phoneNumber: '+442071234567' });
    creator.setPhoneNumber(null, null);
    creator.adopt({ phoneNumber: '+442071234567' });
    creator.configure();
    creator.adopt({ phoneNumber: '1234' });
    creator.configure();
    expect(host.accounts.map((account) => account.settings.internationalPrefix)).toEqual([
      '33',
      '44',
      null,
    ]);
  });

  it('with a clear password can answer any challenge', () => {
    const { host, creator } = setUp();
    creator.setPassword('secret');
    creator.setHa1('cafe');
    creator.setAlgorithm('SHA-256');
    creator.createAccountInCore();
    expect(host.authInfos[0]).toMatchObject({
      username: 'alice',
      password: 'secret',
      ha1: null,
      realm: null,
      algorithm: null,
      domain: 'example.org',
    });
  });

  it('with a hash only has it bound to realm and algorithm', () => {
    const { host, creator } = setUp();
    creator.setHa1('cafe');
    creator.createAccountInCore();
    expect(host.authInfos[0]).toMatchObject({
      password: null,
      ha1: 'cafe',
      realm: 'example.org',
      algorithm: 'MD5',
    });
  });

  it('account-creator D4: does not come to be without identity', () => {
    const host = new FakeHost({});
    expect(new AccountCreator(host).createAccountInCore()).toBeNull();
    expect(host.authInfos).toEqual([]);
  });

  it('that the core refuses leaves no credentials behind', () => {
    const { host, creator } = setUp({ 'proxy_default_values/reg_identity': 'sip:x@example.org' });
    creator.setDomain(null);
    creator.setPassword('secret');
    expect(creator.createAccountInCore()).toBeNull();
    expect(host.authInfos).toEqual([]);
  });

  it('that the core refuses takes nothing from an account of the same name', async () => {
    const config = '[proxy_default_values]\nreg_identity=sip:x@example.org\n';
    const { core } = await coreFixture({ config });
    const known = { username: 'alice', password: 'known', domain: 'example.org' };
    core.addAuthInfo(new AuthInfo(known));
    const creator = core.createAccountCreator();
    creator.setUsername('alice');
    creator.setPassword('typed');
    expect(creator.createAccountInCore()).toBeNull();
    expect(core.authInfoList.map(({ password }) => password)).toEqual(['known']);
  });
});
