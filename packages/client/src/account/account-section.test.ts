import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Address } from '../address/address.ts';
import { ConfigStore } from '../config/config-store.ts';
import { AccountParams } from './account-params.ts';
import { readAccountSection, readForeignKeys, writeAccountSection } from './account-section.ts';

function roundTrip(params: AccountParams): AccountParams {
  const config = ConfigStore.inMemory();
  writeAccountSection(config, 'proxy_0', params, { foreign: [], pushConfig: null });
  return readAccountSection(config, 'proxy_0');
}

function complete(): AccountParams {
  const params = new AccountParams();
  params.setIdentityAddress(Address.parse('"A" <sip:a@example.org>'));
  params.setServerAddr('sip:example.org;transport=tcp');
  return params;
}

it('registration 4: one route from the file is listed once', () => {
  const config = ConfigStore.fromString('[proxy_0]\nreg_route=<sip:h;transport=tcp>\n');
  const params = readAccountSection(config, 'proxy_0');
  expect(params.routes.map((route) => route.asString())).toEqual(['<sip:h;transport=tcp>']);
});

it('registration 65: custom parameters are read and written with their prefix', () => {
  const config = ConfigStore.fromString('[proxy_0]\nx-custom-property:color=blue\n');
  const params = readAccountSection(config, 'proxy_0');
  expect(params.getCustomParam('color')).toBe('blue');
  params.addCustomParam('shape', 'round');
  writeAccountSection(config, 'proxy_0', params, { foreign: [], pushConfig: null });
  expect(config.getString('proxy_0', 'x-custom-property:shape')).toBe('round');
  expect(config.getString('proxy_0', 'x-custom-property:color')).toBe('blue');
});

it('C23: keys that are not ours are written back', () => {
  const config = ConfigStore.fromString('[proxy_0]\nlime_server_url=https://x\nreg_expires=7\n');
  const foreign = readForeignKeys(config, 'proxy_0');
  expect(foreign).toEqual([['lime_server_url', 'https://x']]);
  writeAccountSection(config, 'proxy_3', complete(), { foreign, pushConfig: null });
  expect(config.getString('proxy_3', 'lime_server_url')).toBe('https://x');
});

it('an explicitly empty list of supported tags survives the file', () => {
  const params = complete();
  params.supportedTagsList = [];
  expect(roundTrip(params).supportedTagsList).toEqual([]);
  params.supportedTagsList = null;
  expect(roundTrip(params).supportedTagsList).toBeNull();
});

it('everything that is written is read back', () => {
  const word = fc.option(fc.stringMatching(/^[a-z0-9]{1,12}$/));
  fc.assert(
    fc.property(
      fc.record({
        registerEnabled: fc.boolean(),
        expires: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        contactParameters: word,
        contactUriParameters: word,
        realm: word,
        publishEnabled: fc.boolean(),
        publishExpires: fc.integer({ min: 0, max: 100_000 }),
        internationalPrefix: word,
        internationalPrefixIsoCountryCode: word,
        useInternationalPrefixForCallsAndChats: fc.boolean(),
        dialEscapePlusEnabled: fc.boolean(),
        privacy: fc.integer({ min: 0, max: 0x8000 }),
        refKey: word,
        idkey: word,
        dependsOn: word,
        natPolicyRef: word,
        pushNotificationAllowed: fc.boolean(),
        remotePushNotificationAllowed: fc.boolean(),
        forceRegisterOnPush: fc.boolean(),
        unregisterAtStopEnabled: fc.boolean(),
      }),
      (values) => {
        const params = Object.assign(complete(), values);
        expect(roundTrip(params)).toMatchObject(values);
      },
    ),
  );
});
