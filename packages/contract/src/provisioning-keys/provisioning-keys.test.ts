import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptsValue } from './accepts-value.ts';
import { provisioningKeys } from './catalogue.ts';
import { findProvisioningKey, suggestProvisioningKey } from './find-key.ts';
import { keysPage } from './keys-page.ts';
import { keyReaders, type KeyType } from './provisioning-key.ts';

describe('the key catalogue', () => {
  it('knows every key once, says what it means and who reads it', () => {
    const names = provisioningKeys.map(({ section, key }) => `${section}/${key}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { meaning, readers } of provisioningKeys) {
      expect(meaning).toMatch(/^\S.*\.$/);
      expect(keyReaders).toEqual(expect.arrayContaining([...readers]));
    }
  });

  it('accepts its own defaults where they are values', () => {
    const wrong = provisioningKeys.filter(
      ({ type, fallback }) => /^-?\d+$/.test(fallback ?? '') && !acceptsValue(type, fallback ?? ''),
    );
    expect(wrong).toEqual([]);
  });

  it('finds keys of numbered sections and numbered keys', () => {
    expect(findProvisioningKey('proxy_12', 'reg_proxy')?.section).toBe('proxy_N');
    expect(findProvisioningKey('misc', 'config-uri-header_3')?.key).toBe('config-uri-header_N');
    expect(findProvisioningKey('proxy_default_values', 'reg_expires')).toBeDefined();
    expect(findProvisioningKey('proxy', 'reg_proxy')).toBeUndefined();
    expect(findProvisioningKey('misc', 'reg_proxy')).toBeUndefined();
  });

  it.each([
    ['proxy_0', 'reg_prxy', 'proxy_N', 'reg_proxy'],
    ['misc', 'config_uri', 'misc', 'config-uri'],
    ['Sip', 'media_encription', 'sip', 'media_encryption'],
    ['net', 'media_encryption', 'sip', 'media_encryption'],
    ['prox_0', 'realm', 'proxy_N', 'realm'],
  ])('guesses what [%s] %s was meant to be', (section, key, meantSection, meantKey) => {
    expect(suggestProvisioningKey(section, key)).toMatchObject({
      section: meantSection,
      key: meantKey,
    });
  });

  it('guesses nothing far-fetched', () => {
    expect(suggestProvisioningKey('my_app', 'favourite_colour')).toBeUndefined();
  });
});

// `npx vitest run --project unit packages/contract/src/provisioning-keys --update` writes it anew.
it('docs/provisioning-keys.md is that of this catalogue', async () => {
  await expect(keysPage()).toMatchFileSnapshot('../../../../docs/provisioning-keys.md');
});

describe('a value', () => {
  const sets: readonly [KeyType, readonly string[], readonly string[]][] = [
    [{ kind: 'boolean' }, ['0', '1', ''], ['2', 'yes', 'true', ' 1']],
    [{ kind: 'integer', min: 0 }, ['0', '3600'], ['-1', '1.5', 'many', '1e3']],
    [{ kind: 'integer' }, ['-1', '0'], ['x']],
    [{ kind: 'range' }, ['90-90', '0-100'], ['90', 'a-b']],
    [{ kind: 'choice', values: ['none', 'srtp'] }, ['none'], ['SRTP', 'zrtp']],
    [{ kind: 'list', values: ['stun', 'ice'] }, ['stun', 'stun, ice'], ['stun,x']],
    [{ kind: 'list' }, ['anything'], []],
    [
      { kind: 'sip-address' },
      ['sip:a@b', '<sip:h:5061;transport=tls>', '"Ann" <sip:ann@d>', 'sips:h'],
      ['ann@d', 'https://h', '42', 'sip:a b'],
    ],
    [{ kind: 'url' }, ['https://h/p', 'http://h'], ['h/p', 'ftp://h', 'https://']],
  ];

  it.each(sets)('of type %j is taken or refused', (type, good, bad) => {
    for (const value of good) expect([value, acceptsValue(type, value)]).toEqual([value, true]);
    for (const value of bad) {
      expect([value, acceptsValue(type, value)]).toEqual([value, value === '']);
    }
  });

  it('is judged whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...provisioningKeys),
        fc.string({ unit: 'binary' }),
        ({ type }, value) => {
          expect([true, false]).toContain(acceptsValue(type, value));
        },
      ),
    );
  });
});
