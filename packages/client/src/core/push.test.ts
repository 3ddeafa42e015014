import { expect, it } from 'vitest';
import { PushNotificationConfig } from '../account/push-notification-config.ts';
import { coreFixture, type CoreFixture } from './testing/core-fixture.ts';

const SAVED = 'pn-prid=T;pn-provider=P;pn-param=A;pn-silent=1;pn-timeout=0;';

async function pushFixture(): Promise<CoreFixture> {
  const f = await coreFixture();
  f.core.pushNotificationConfig = Object.assign(new PushNotificationConfig(), { provider: 'P' });
  return f;
}

function contact(f: CoreFixture): string {
  return f.links.registrar.lastRequest?.headers.get('Contact') ?? '';
}

it('registration 12: enable, inform, allow: sent when allowed, withdrawn when disallowed', async () => {
  const f = await pushFixture();
  const config = await f.addConfig();
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  await f.settle();
  expect(f.counts().Ok).toBe(1);
  config.pushNotificationAllowed = true;
  await f.settle();
  expect(f.counts().Ok).toBe(2);
  expect(contact(f)).toContain('pn-prid=T;pn-provider=P;pn-param=A;pn-silent=1;pn-timeout=0');
  expect(f.config.getString('proxy_0', 'push_parameters')).toBe(SAVED);
  config.pushNotificationAllowed = false;
  await f.settle();
  expect(f.counts().Ok).toBe(3);
  expect(f.config.hasEntry('proxy_0', 'push_parameters')).toBe(false);
  expect(config.pushNotificationAvailable).toBe(true);
  expect(config.contactUriParameters).toBeNull();
});

it('registration 13: enable, allow, inform: only the information is sent; disabling sends again', async () => {
  const f = await pushFixture();
  const config = await f.addConfig();
  f.core.pushNotificationEnabled = true;
  config.pushNotificationAllowed = true;
  await f.settle();
  expect(f.counts().Ok).toBe(1);
  f.core.updatePushNotificationInformation('A', 'T');
  await f.settle();
  expect(f.counts().Ok).toBe(2);
  f.core.pushNotificationEnabled = false;
  await f.settle();
  expect(f.counts().Ok).toBe(3);
  expect(contact(f)).not.toContain('pn-');
});

it('registration 14: allow, enable, inform, then nothing to inform of: not available', async () => {
  const f = await pushFixture();
  const config = await f.addConfig();
  config.pushNotificationAllowed = true;
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  await f.settle();
  expect(f.counts().Ok).toBe(2);
  f.core.updatePushNotificationInformation(null, null);
  await f.settle();
  expect(config.pushNotificationAvailable).toBe(false);
  expect(f.counts().Ok).toBe(3);
});

it('registration 15: two accounts, push on one: the other neither sends nor saves', async () => {
  const f = await pushFixture();
  const config = await f.addConfig();
  const other = await f.addConfig();
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  config.pushNotificationAllowed = true;
  await f.settle();
  expect(f.statesOf(other)).toEqual(['Progress', 'Ok']);
  expect(f.config.hasEntry('proxy_1', 'push_parameters')).toBe(false);
  other.pushNotificationAllowed = true;
  await f.settle();
  f.core.updatePushNotificationInformation('A', 'T2');
  await f.settle();
  expect(f.counts().Ok).toBe(6);
});

it('C15: information that changes no Contact sends nothing', async () => {
  const f = await pushFixture();
  await f.addConfig();
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  f.core.updatePushNotificationInformation('A', 'T2');
  await f.settle();
  expect(f.counts().Ok).toBe(1);
});

it('registration 16: the contact URI parameters stay null throughout', async () => {
  const f = await pushFixture();
  const config = await f.addConfig();
  config.pushNotificationAllowed = true;
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  await f.settle();
  expect(config.contactUriParameters).toBeNull();
  f.core.pushNotificationEnabled = false;
  await f.settle();
  expect(config.contactUriParameters).toBeNull();
});

it('registration 17: push parameters survive a restart and are registered again', async () => {
  const f = await pushFixture();
  const config = await f.addConfig();
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  config.pushNotificationAllowed = true;
  await f.settle();
  const g = await coreFixture({ config: toText(f) });
  await g.settle();
  expect(contact(g)).toContain('pn-prid=T;pn-provider=P;pn-param=A');
});

it('registration 18: parameters written by hand give way, others stay', async () => {
  const f = await pushFixture();
  const config = f.makeConfig();
  config.contactUriParameters = 'pn-prid=old;otherparam=othervalue;pn-provider=x';
  config.pushNotificationAllowed = true;
  f.core.addProxyConfig(config);
  f.core.pushNotificationEnabled = true;
  f.core.updatePushNotificationInformation('A', 'T');
  await f.advance(1000);
  expect(config.contactUriParameters).toBe('otherparam=othervalue;');
  expect(contact(f)).toContain('otherparam=othervalue;pn-prid=T');
  expect(f.counts().Ok).toBe(1);
});

it('without param and prid they are made from team, bundle and tokens', async () => {
  const f = await coreFixture();
  f.core.pushNotificationEnabled = true;
  f.core.pushNotificationConfig = Object.assign(new PushNotificationConfig(), {
    provider: 'apns',
    teamId: 'TEAM',
    bundleIdentifier: 'org.example.app',
    voipToken: 'v:voip',
    remoteToken: 'r:remote',
  });
  const { account } = f.makeConfig();
  const { params } = account;
  params.pushNotificationAllowed = true;
  params.remotePushNotificationAllowed = true;
  account.setParams(params);
  f.core.addAccount(account);
  await f.settle();
  expect(contact(f)).toContain('pn-prid=v:voip&r:remote;pn-provider=apns');
  expect(contact(f)).toContain('pn-param=TEAM.org.example.app.voip&remote');
  expect(contact(f)).toContain('pn-msg-str=IM_MSG;pn-call-str=IC_MSG;pn-groupchat-str=GC_MSG');
});

function toText(f: CoreFixture): string {
  return f.config
    .sectionNames()
    .map((section) =>
      [
        `[${section}]`,
        ...f.config.keys(section).map((key) => `${key}=${f.config.getString(section, key) ?? ''}`),
      ].join('\n'),
    )
    .join('\n');
}
