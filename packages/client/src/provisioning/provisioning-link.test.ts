import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { acceptProvisioningLink } from './accept-provisioning-link.ts';
import { type ProvisioningLink, parseProvisioningLink } from './provisioning-link.ts';
import { ProvisioningSettings } from './provisioning-settings.ts';

const encoded = Buffer.from('https://h.example/p?a=1').toString('base64');
const padded = encodeURIComponent(Buffer.from('https://h.example/p').toString('base64'));

describe('parseProvisioningLink', () => {
  it.each([
    ['https://h.example/p', 'https://h.example/p'],
    [' http://h.example:8080/p\n', 'http://h.example:8080/p'],
    ['linphone-config:https://h.example/p', 'https://h.example/p'],
    ['linphone-config:http://h.example/p', 'http://h.example/p'],
    ['linphone-config:file:///etc/p.xml', 'file:///etc/p.xml'],
    ['linphone-config://h.example/p', 'https://h.example/p'],
    ['linphone-config:h.example/p', 'https://h.example/p'],
    ['linphone-config://https://h.example/p', 'https://h.example/p'],
    ['LINPHONE-CONFIG:https://h.example/p', 'https://h.example/p'],
    [`linphone-config:?fetch-config=${encoded}`, 'https://h.example/p?a=1'],
    [`linphone-config:?x=1&fetch-config=${padded}`, 'https://h.example/p'],
    [`linphone-config:fetch-config=${padded}`, 'https://h.example/p'],
    // A QR code that holds no small letters takes less room.
    ['HTTPS://H.EXAMPLE/P', 'https://H.EXAMPLE/P'],
    ['LINPHONE-CONFIG:HTTPS://H.EXAMPLE/P', 'https://H.EXAMPLE/P'],
    ['linphone-config:FILE:///etc/p.xml', 'file:///etc/p.xml'],
    ['fetch-config=https://h.example/p', 'https://h.example/p'],
  ])('%s leads to %s', (text, uri) => {
    expect(parseProvisioningLink(text)).toEqual({ provisioningUri: uri });
  });

  it('reads SIP links with an address and an action', () => {
    expect(
      parseProvisioningLink(
        'sip-linphone:alice@h.example?linphone-action=show&linphone-fetch-config=https%3A%2F%2Fh.example%2Fp%3Fa%3D1&linphone-use-sips=true',
      ),
    ).toEqual({
      provisioningUri: 'https://h.example/p?a=1',
      address: 'sips:alice@h.example',
      action: 'show',
    });
    expect(
      parseProvisioningLink(`sip:alice@h.example?method=call&fetch-config=${encoded}`),
    ).toEqual({
      provisioningUri: 'https://h.example/p?a=1',
      address: 'sip:alice@h.example',
      action: 'call',
    });
  });

  it.each([
    '',
    'hello',
    'h.example/p',
    'file:///etc/p.xml',
    'ftp://h.example/',
    'https:h.example',
    'https:///h.example/p',
    'linphone-config:///h.example/p',
    'sip:alice@h.example',
    'sip:alice@h.example?subject=x',
    'sip:alice@h.example?fetch-config=%FF',
    'linphone-config:',
    'mailto:alice@h.example',
  ])('%j is no provisioning link', (text) => {
    expect(parseProvisioningLink(text)).toBeUndefined();
  });

  it('answers any text', () => {
    const prefix = fc.constantFrom('', 'linphone-config:', 'sip-linphone:?linphone-fetch-config=');
    fc.assert(
      fc.property(prefix, fc.string(), (start, rest) => {
        const link = parseProvisioningLink(start + rest);
        expect(link?.provisioningUri ?? 'https://none').toMatch(/^(https?|file):\/\//i);
      }),
    );
  });
});

describe('acceptProvisioningLink', () => {
  it('asks, and then takes the URI and forgets headers of the former one', async () => {
    const settings = new ProvisioningSettings(ConfigStore.inMemory());
    settings.uri = 'https://old.example/';
    settings.addHeader('x-api-key', 'secret');
    const consent = vi.fn((_link: ProvisioningLink) => true);
    expect(
      await acceptProvisioningLink('linphone-config:https://h.example/p', settings, consent),
    ).toBe('accepted');
    expect(consent).toHaveBeenCalledExactlyOnceWith({ provisioningUri: 'https://h.example/p' });
    expect(settings.uri).toBe('https://h.example/p');
    expect(settings.headers).toEqual([]);
  });

  it('changes nothing without consent or without a link', async () => {
    const settings = new ProvisioningSettings(ConfigStore.inMemory());
    expect(await acceptProvisioningLink('https://h.example/', settings, () => false)).toBe(
      'declined',
    );
    expect(await acceptProvisioningLink('hello', settings, () => true)).toBe('not-a-link');
    expect(settings.uri).toBeUndefined();
  });
});
