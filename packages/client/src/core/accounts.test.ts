import { describe, expect, it } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { accept, challenge, silence } from '@dialtone/sip/testing';
import { Account } from '../account/account.ts';
import { AccountParams } from '../account/account-params.ts';
import { Address } from '../address/address.ts';
import { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { coreFixture } from './testing/core-fixture.ts';

const TCP = 'sip:sip.example.org;transport=tcp';

describe('account suite', () => {
  it('registration 66: removing all: no default, one Cleared each, nothing left', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    await f.addConfig();
    f.core.defaultProxyConfig = config;
    f.core.clearAccounts();
    expect(f.core.deletedAccountList).toHaveLength(2);
    await f.settle();
    expect(f.counts().Cleared).toBe(2);
    expect(f.core.defaultAccount).toBeNull();
    expect(f.core.accountList).toEqual([]);
    expect(f.core.deletedAccountList).toEqual([]);
    expect(f.config.hasSection('proxy_0')).toBe(false);
  });

  it('registration 67: removed while offline: gone when the deletion time is over', async () => {
    const f = await coreFixture();
    f.core.accountDeletionTimeout = 5;
    const config = await f.addConfig();
    f.core.networkReachable = false;
    f.core.removeProxyConfig(config);
    expect(f.core.deletedAccountList).toHaveLength(1);
    await f.advance(4900);
    expect(f.core.deletedAccountList).toHaveLength(1);
    await f.advance(200);
    expect(f.core.deletedAccountList).toEqual([]);
  });

  it('registration 68: removed and stopped at once', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    f.core.removeProxyConfig(config);
    await f.stop();
    expect(f.links.clock.pending).toBeLessThan(5);
    expect(f.core.accountList).toEqual([]);
  });

  it('registration 70: the default account removed while Ok', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    f.core.defaultProxyConfig = config;
    f.core.removeProxyConfig(config);
    await f.settle();
    expect(f.counts().Cleared).toBe(1);
    expect(f.core.defaultProxyConfig).toBeNull();
  });

  it('registration 71: refreshing is a state at once; removed right after: Cleared', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.refreshRegister();
    expect(config.state).toBe(RegistrationState.Refreshing);
    f.core.removeProxyConfig(config);
    await f.settle();
    expect(f.counts()).toMatchObject({ Refreshing: 1, Cleared: 1 });
  });

  it('registration 72: added and removed while in Progress: finally Cleared', async () => {
    const f = await coreFixture();
    f.links.network.latencyMs = 100;
    const config = await f.addConfig();
    expect(config.state).toBe(RegistrationState.Progress);
    f.core.removeProxyConfig(config);
    await f.advance(1000);
    expect(f.states).toEqual(['Progress', 'Ok', 'Cleared']);
    expect(f.core.deletedAccountList).toEqual([]);
  });

  it('removed when its password is asked for: the question does not come again', async () => {
    const f = await coreFixture();
    f.links.registrar.answerAll(challenge());
    f.onAsked = () => f.core.clearAccounts();
    await f.addConfig();
    await f.advance(60_000);
    expect(f.asked).toHaveLength(1);
    expect(f.core.deletedAccountList).toEqual([]);
  });

  it('registration 73: never registering: gone at once, nothing sent', async () => {
    const f = await coreFixture();
    const config = f.makeConfig();
    config.registerEnabled = false;
    f.core.addProxyConfig(config);
    await f.settle();
    f.core.removeProxyConfig(config);
    expect(f.core.deletedAccountList).toEqual([]);
    await f.settle();
    expect(f.links.registrar.requests).toEqual([]);
    expect(f.states).toEqual([]);
  });

  it('registration 74: a custom contact of null', () => {
    const params = new AccountParams();
    params.customContact = null;
    expect(params.customContact).toBeNull();
  });

  it('registration 75: account and core listener both hear', async () => {
    const f = await coreFixture();
    const heard: RegistrationState[] = [];
    const config = f.makeConfig();
    config.account.addListener({
      onRegistrationStateChanged: (_account, state) => heard.push(state),
    });
    f.core.addProxyConfig(config);
    await f.settle();
    expect(heard).toHaveLength(2);
    expect(f.states).toHaveLength(2);
  });

  it('registration 76: toggles, then a send failure during a refresh: Failed, then Ok', async () => {
    const f = await coreFixture();
    await f.addConfig({ server: TCP });
    f.core.networkReachable = false;
    f.core.networkReachable = true;
    await f.settle();
    f.links.network.fate = () => 'reset';
    f.core.refreshRegisters();
    await f.advance(100);
    expect(f.counts().Failed).toBe(1);
    f.links.network.fate = () => 'deliver';
    f.core.networkReachable = false;
    f.core.networkReachable = true;
    await f.settle();
    expect(f.counts().Ok).toBe(3);
  });

  it('registration 77: with a GRUU another transport does not unregister', async () => {
    const f = await coreFixture();
    f.links.registrar.answerAll(
      accept({ contactParams: [['pub-gruu', 'sip:alice@sip.example.org;gr=1']] }),
    );
    const { account } = await f.addConfig();
    expect(account.contact?.hasUriParam('gr')).toBe(true);
    const { params } = account;
    params.setServerAddr(TCP);
    account.setParams(params);
    await f.settle();
    expect(f.counts().Ok).toBe(2);
    expect(f.links.registrar.requests.map(({ headers }) => headers.expires)).not.toContain(0);
  });

  it('registration 78: unregister at stop, or not', async () => {
    for (const enabled of [true, false]) {
      const f = await coreFixture();
      const { account } = await f.addConfig();
      const { params } = account;
      params.unregisterAtStopEnabled = enabled;
      account.setParams(params);
      await f.stop();
      expect(f.counts().Cleared).toBe(enabled ? 1 : 0);
    }
  });

  it('registration 80: supported tags of the account, or none', async () => {
    const f = await coreFixture();
    const { account } = await f.addConfig();
    for (const tags of [['path'], []]) {
      const { params } = account;
      params.supportedTagsList = tags;
      account.setParams(params);
      f.core.networkReachable = false;
      f.core.networkReachable = true;
      await f.settle();
      expect(f.links.registrar.lastRequest?.headers.get('Supported')).toBe(tags[0]);
    }
  });
});

describe('list', () => {
  it('C2: an account without identity or server is refused', async () => {
    const f = await coreFixture();
    expect(f.core.addProxyConfig(null)).toBe(-1);
    expect(f.core.addProxyConfig(new ProxyConfig())).toBe(-1);
    const onlyServer = new ProxyConfig();
    onlyServer.setServerAddr('sip:sip.example.org');
    expect(f.core.addProxyConfig(onlyServer)).toBe(-1);
    const config = f.makeConfig();
    expect(f.core.addProxyConfig(config)).toBe(0);
    expect(f.core.addProxyConfig(config)).toBe(0);
    expect(f.core.accountList).toHaveLength(1);
  });

  it('the default: only from the list, saved, told once', async () => {
    const f = await coreFixture();
    const told: (Account | null)[] = [];
    f.core.addListener({ onDefaultAccountChanged: (_core, account) => told.push(account) });
    const a = await f.addConfig();
    const b = await f.addConfig();
    expect(f.core.defaultProxyConfigIndex).toBe(-1);
    f.core.defaultProxyConfig = b;
    f.core.defaultProxyConfig = b;
    expect(f.core.defaultProxyConfigIndex).toBe(1);
    expect(f.config.getInt('sip', 'default_proxy')).toBe(1);
    f.core.defaultProxyConfigIndex = 7;
    expect(f.core.defaultProxyConfig).toBe(b);
    f.core.removeProxyConfig(a);
    expect(f.config.getInt('sip', 'default_proxy')).toBe(0);
    f.core.defaultAccount = new Account(new AccountParams());
    expect(f.core.defaultAccount).toBeNull();
    expect(told).toEqual([b.account, null]);
  });

  it('removing one renumbers the sections of those behind it', async () => {
    const f = await coreFixture();
    const a = await f.addConfig({ identity: 'sip:a@sip.example.org' });
    await f.addConfig({ identity: 'sip:b@sip.example.org' });
    f.core.removeProxyConfig(a);
    expect(f.config.getString('proxy_0', 'reg_identity')).toBe('sip:b@sip.example.org');
    expect(f.config.hasSection('proxy_1')).toBe(false);
  });

  it('an account can be added again while it is being removed', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    f.core.removeProxyConfig(config);
    f.core.addProxyConfig(config);
    await f.settle();
    expect(f.core.deletedAccountList).toEqual([]);
    expect(config.state).toBe(RegistrationState.Ok);
    expect(f.counts().Cleared).toBe(0);
  });

  it('registration 65: custom parameters survive removal and adding again', async () => {
    const f = await coreFixture();
    const { account } = await f.addConfig();
    const { params } = account;
    params.addCustomParam('color', 'blue');
    account.setParams(params);
    f.core.removeAccount(account);
    await f.settle();
    f.core.addAccount(account);
    expect(account.params.getCustomParam('color')).toBe('blue');
    expect(f.config.getString('proxy_0', 'x-custom-property:color')).toBe('blue');
  });

  it('added and removed events', async () => {
    const f = await coreFixture();
    const told: string[] = [];
    f.core.addListener({
      onAccountAdded: () => told.push('added'),
      onAccountRemoved: () => told.push('removed'),
    });
    const config = await f.addConfig();
    f.core.removeProxyConfig(config);
    expect(told).toEqual(['added', 'removed']);
  });

  it('lookupKnownProxy: by identity, else the default, else by domain', async () => {
    const f = await coreFixture();
    const a = await f.addConfig({ identity: 'sip:a@sip.example.org' });
    const other = await f.addConfig({ identity: 'sip:b@other.example.org' });
    const find = (text: string): ProxyConfig | null => {
      const address = Address.parse(text);
      return address && f.core.lookupKnownProxy(address);
    };
    expect(find('sip:b@other.example.org')).toBe(other);
    expect(find('sip:x@sip.example.org')).toBe(a);
    expect(find('sip:x@nowhere.example')).toBeNull();
    f.core.defaultProxyConfig = other;
    expect(find('sip:x@sip.example.org')).toBe(other);
  });

  it('a removed account that no server answers for is dropped after 32 s', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    f.links.registrar.answerAll(silence);
    f.core.removeProxyConfig(config);
    await f.advance(33_000);
    expect(f.core.deletedAccountList).toEqual([]);
    const sent = f.links.registrar.requests.length;
    await f.advance(100_000);
    expect(f.links.registrar.requests).toHaveLength(sent);
  });

  it('registration 69: an account built from the file can be the default', async () => {
    const f = await coreFixture({
      config:
        '[proxy_0]\nreg_proxy=sip:sip.example.org\nreg_identity=sip:alice@sip.example.org\n[sip]\ndefault_proxy=0\n',
    });
    expect(f.core.defaultAccount).toBe(f.core.accountList[0]);
    f.core.clearAccounts();
    const account = f.core.createAccount(f.core.createAccountParams());
    const { params } = account;
    params.setIdentityAddress(Address.parse('sip:alice@sip.example.org'));
    params.setServerAddr('sip:sip.example.org');
    account.setParams(params);
    expect(f.core.addAccount(account)).toBe(0);
    f.core.defaultAccount = account;
    expect(f.core.defaultAccount).toBe(account);
    expect(f.config.getString('sip', 'default_proxy')).toBe('0');
    await f.settle();
    expect(account.state).toBe(RegistrationState.Ok);
  });
});
