import { describe, expect, it } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { accept, refuse, silence } from '@dialtone/sip/testing';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { coreFixture } from './testing/core-fixture.ts';

describe('iterate', () => {
  it('C21: without automatic iteration nothing is sent before iterate', async () => {
    const f = await coreFixture();
    f.core.autoIterateEnabled = false;
    const config = await f.addConfig();
    await f.advance(60_000);
    expect(f.links.registrar.requests).toHaveLength(0);
    f.core.iterate();
    await f.settle();
    expect(config.state).toBe(RegistrationState.Ok);
  });

  it('C21: an API call never sends by itself', async () => {
    const f = await coreFixture();
    f.core.addProxyConfig(f.makeConfig());
    expect(f.states).toEqual([]);
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok']);
  });

  it('nothing is sent before the core is on', async () => {
    const f = await coreFixture({ started: false });
    await f.addConfig();
    await f.advance(1000);
    expect(f.states).toEqual([]);
    await f.core.start();
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok']);
  });

  it('an idle core with automatic iteration holds only its refresh and keep-alive timers', async () => {
    const f = await coreFixture();
    await f.addConfig();
    await f.advance(40_000);
    expect(f.links.clock.pending).toBe(2);
  });
});

it('what has failed or waits is tried at once when the application is looked at again', async () => {
  const f = await coreFixture();
  f.links.registrar.answerNext(
    accept({ expiresSeconds: 100 }),
    refuse(503, ['Retry-After', '9000']),
  );
  await f.addConfig();
  await f.advance(91_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress']);
  f.core.enterForeground();
  await f.settle();
  expect(f.counts().Ok).toBe(2);
});

it.each(['udp', 'tcp'])(
  'a push on a connection that died in silence fails nothing (%s)',
  async (transport) => {
    const f = await coreFixture();
    f.links.network.answersPings = false;
    const config = await f.addConfig({ server: `sip:sip.example.org;transport=${transport}` });
    const { params } = config.account;
    params.forceRegisterOnPush = true;
    config.account.setParams(params);
    await f.advance(130_000);
    f.core.ensureRegistered();
    await f.advance(2000);
    expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Refreshing', 'Ok']);
  },
);

describe('restart', () => {
  it('accounts and credentials come back from the configuration', async () => {
    const f = await coreFixture();
    f.core.addAuthInfo(new AuthInfo({ username: 'alice', password: 'secret' }));
    const config = await f.addConfig();
    f.core.defaultProxyConfig = config;
    await f.stop();
    await f.core.start();
    await f.settle();
    expect(f.core.proxyConfigList).toHaveLength(1);
    expect(f.core.defaultProxyConfigIndex).toBe(0);
    expect(f.core.authInfoList).toHaveLength(1);
    expect(f.counts().Ok).toBe(2);
  });

  it('a core built on the saved text registers without further calls', async () => {
    const f = await coreFixture({
      config:
        '[proxy_0]\nreg_proxy=sip:sip.example.org\nreg_identity=sip:alice@sip.example.org\nreg_expires=50\n',
    });
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok']);
    expect(f.links.registrar.lastRequest?.headers.expires).toBe(50);
    expect(f.config.getString('proxy_0', 'idkey')).toMatch(/^proxy_config_\w{15}$/);
  });

  it('the instance id is made once, sent in the Contact, and can be switched off', async () => {
    const f = await coreFixture();
    await f.addConfig();
    const uuid = f.config.getString('misc', 'uuid');
    expect(f.links.registrar.lastRequest?.headers.get('Contact')).toContain(
      `+sip.instance="<urn:uuid:${uuid}>"`,
    );
    const g = await coreFixture({ config: '[misc]\nuuid=0\n' });
    await g.addConfig();
    expect(g.links.registrar.lastRequest?.headers.get('Contact')).not.toContain('+sip.instance');
  });

  it('start while running is -1; stop while off does nothing', async () => {
    const f = await coreFixture({ started: false });
    await f.core.stop();
    expect(await f.core.start()).toBe(0);
    expect(await f.core.start()).toBe(-1);
  });

  it('stop waits one second at most for a server that does not answer', async () => {
    const f = await coreFixture();
    await f.addConfig();
    f.links.registrar.answerAll(silence);
    const before = f.links.clock.now();
    await f.stop();
    expect(f.links.clock.now() - before).toBe(1000);
    expect(f.counts().Cleared).toBe(0);
  });
});
