import { describe, expect, it } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { ProvisioningSettings } from './provisioning-settings.ts';

function settingsOf(text: string): ProvisioningSettings {
  return new ProvisioningSettings(ConfigStore.fromString(text));
}

describe('ProvisioningSettings', () => {
  it.each(['https://h.example/p', 'file:///p', '/some/path', 'example.org:8443/x', 'http:'])(
    'stores %s without looking further',
    (uri) => {
      const settings = settingsOf('');
      settings.uri = uri;
      expect(settings.uri).toBe(uri);
    },
  );

  it.each(['example.org/x', '', ' https://h.example/', '1:x', 'ü:x'])(
    'refuses %j and keeps the former URI',
    (uri) => {
      const settings = settingsOf('[misc]\nconfig-uri=https://old.example/');
      expect(() => {
        settings.uri = uri;
      }).toThrow(expect.objectContaining({ code: 'provisioning-bad-uri' }));
      expect(settings.uri).toBe('https://old.example/');
    },
  );

  it('removes URI and headers together', () => {
    const store = ConfigStore.fromString(
      '[misc]\nconfig-uri=https://h.example/\nconfig-uri-header_0=a:b\nconfig-uri-header_1=c:d',
    );
    new ProvisioningSettings(store).uri = undefined;
    expect(store.keys('misc')).toEqual([]);
  });

  it('reads headers up to the first gap, split at the first colon, untrimmed', () => {
    const settings = settingsOf(
      '[misc]\nconfig-uri-header_0=X-A: b:c\nconfig-uri-header_1=none\nconfig-uri-header_2=d:e\nconfig-uri-header_4=f:g\nconfig-uri-headers_0=h:i',
    );
    expect(settings.headers).toEqual([
      ['X-A', ' b:c'],
      ['d', 'e'],
    ]);
  });

  it('adds headers at the next free number', () => {
    const settings = settingsOf('[misc]\nconfig-uri-header_0=a:b');
    settings.addHeader('c', 'd');
    expect(settings.headers).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(() => settings.addHeader('a:b', 'c')).toThrow('header name');
  });

  it('is transient for exactly 1', () => {
    const texts = ['0', '1', '2', 'true', '0x1'];
    expect(
      texts.map((text) => settingsOf(`[misc]\ntransient_provisioning=${text}`).transient),
    ).toEqual([false, true, false, false, true]);
  });
});
