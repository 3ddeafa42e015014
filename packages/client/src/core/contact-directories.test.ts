import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewRemoteContactDirectory } from '../contact-directories/remote-contact-directory.ts';
import { coreFixture } from './testing/core-fixture.ts';
import { provisioned, serveDocument } from './testing/provisioned-core.ts';

const OLDER = `[ldap_1]
enable=1
server=ldap://ldap.example.org
bind_dn=cn=phone,dc=example
password=secret
auth_method=1
base_object=dc=example
filter=(sn=*%s*)
name_attribute=sn,cn
sip_attribute=mobile
sip_domain=sip.example.org
min_chars=2
max_results=9
timeout=7
delay=100
debug_level=1
[carddav_0]
server_url=https://dav.example.org/book
min_characters=4
results_limit=20
timeout=6
fields_for_user_input=FN,N
fields_for_domain=IMPP
use_exact_match_policy=1
`;

describe('remote contact directories', () => {
  it('provisioning-client 44: older sections are migrated, numbers stay and are taken again', async () => {
    const f = await coreFixture({ config: OLDER });
    const { core, config } = f;
    expect(core.remoteContactDirectories).toEqual([
      {
        index: 0,
        type: 'ldap',
        enabled: true,
        uri: 'ldap://ldap.example.org',
        minCharacters: 2,
        resultsLimit: 9,
        timeoutSeconds: 7,
        delayMs: 100,
        bindDn: 'cn=phone,dc=example',
        password: 'secret',
        authMethod: '1',
        baseObject: 'dc=example',
        filter: '(sn=*%s*)',
        nameAttributes: ['sn', 'cn'],
        sipAttributes: ['mobile'],
        sipDomain: 'sip.example.org',
      },
      {
        index: 1,
        type: 'carddav',
        enabled: true,
        uri: 'https://dav.example.org/book',
        minCharacters: 4,
        resultsLimit: 20,
        timeoutSeconds: 6,
        delayMs: 500,
        fieldsForUserInput: ['FN', 'N'],
        fieldsForDomain: ['IMPP'],
        useExactMatchPolicy: true,
      },
    ]);
    expect(config.getString('remote_contact_directory_0', 'ldap_debug_level')).toBe('1');
    expect(config.getString('remote_contact_directory_1', 'carddav_fields_for_user_input')).toBe(
      'FN,N',
    );
    expect([config.hasSection('ldap_1'), config.hasSection('carddav_0')]).toEqual([false, false]);

    const [ldap, carddav] = core.remoteContactDirectories;
    if (ldap === undefined || carddav === undefined) throw new Error('not migrated');
    core.removeRemoteContactDirectory(ldap);
    expect(config.hasSection('remote_contact_directory_0')).toBe(false);
    expect(core.remoteContactDirectories).toEqual([carddav]);

    const added = core.addRemoteContactDirectory({ type: 'carddav', uri: 'https://b.example.org' });
    expect(added.index).toBe(0);
    expect(config.getString('remote_contact_directory_0', 'uri')).toBe('https://b.example.org');
    expect(core.remoteContactDirectories).toEqual([added, carddav]);
    await f.stop();
  });

  it('are what they were before, where an older section says nothing', async () => {
    const f = await coreFixture({
      config:
        '[ldap_0]\nserver=ldap://a\n[carddav_3]\nserver_url=https://b\n[carddav_4]\ntimeout=5\n',
    });
    expect(f.core.remoteContactDirectories).toMatchObject([
      { type: 'ldap', enabled: false, minCharacters: 0, resultsLimit: 5, timeoutSeconds: 5 },
      { type: 'carddav', enabled: true, minCharacters: 3, resultsLimit: 0, timeoutSeconds: 5 },
    ]);
    // Without an address there is nothing to migrate.
    expect(f.config.hasSection('carddav_4')).toBe(true);
    await f.stop();
  });

  it('sent in both families at every start are there once, as the application left them', async () => {
    await using server = await serveDocument(
      'remote_contact_directory_0/type=carddav',
      'remote_contact_directory_0/uri=https://dav.example.org',
      '!carddav_0/server_url=https://dav.example.org',
      '!ldap_0/server=ldap://a',
      '!ldap_0/base_object=dc=a',
      '!ldap_1/server=ldap://a',
      '!ldap_1/base_object=dc=b',
    );
    const f = await provisioned(server.url);
    await f.core.start();
    const [directory] = f.core.remoteContactDirectories;
    if (directory?.type !== 'carddav') throw new Error('not provisioned');
    expect(f.core.updateRemoteContactDirectory({ ...directory, enabled: false })).toBe(0);
    await f.restart();
    const { remoteContactDirectories } = f.core;
    expect(
      remoteContactDirectories.map(({ index, type, enabled }) => [index, type, enabled]),
    ).toEqual([
      [0, 'carddav', false],
      [1, 'ldap', false],
      [2, 'ldap', false],
    ]);
    expect(f.config.sectionNames().filter((name) => /^(carddav|ldap)_/.test(name))).toEqual([]);
    await f.stop();
  });

  it('of another type than the known ones are ignored and kept', async () => {
    const f = await coreFixture({
      config: '[remote_contact_directory_0]\ntype=x\n[remote_contact_directory_1]\nuri=https://a\n',
    });
    expect(f.core.remoteContactDirectories).toEqual([]);
    const added = f.core.addRemoteContactDirectory({ type: 'ldap', uri: 'ldap://a' });
    expect(added.index).toBe(2);
    expect(f.core.updateRemoteContactDirectory({ ...added, index: 0 })).toBe(-1);
    expect(f.config.getString('remote_contact_directory_0', 'type')).toBe('x');
    await f.stop();
  });

  it('are read as they were written', async () => {
    const { core } = await coreFixture({ started: false });
    const text = fc.stringMatching(/^[a-z0-9():=*%]{1,10}$/);
    const amount = fc.nat({ max: 100_000 });
    const frame = {
      uri: text,
      enabled: fc.boolean(),
      minCharacters: amount,
      resultsLimit: amount,
      timeoutSeconds: amount,
      delayMs: amount,
    };
    const list = fc.array(text, { maxLength: 4 });
    const directory: fc.Arbitrary<NewRemoteContactDirectory> = fc.oneof(
      fc.record({
        ...frame,
        type: fc.constant('carddav' as const),
        fieldsForUserInput: list,
        fieldsForDomain: list,
        useExactMatchPolicy: fc.boolean(),
      }),
      fc.record({
        ...frame,
        type: fc.constant('ldap' as const),
        bindDn: text,
        password: text,
        authMethod: fc.constantFrom('0', '1'),
        baseObject: text,
        filter: text,
        nameAttributes: list,
        sipAttributes: list,
        sipDomain: text,
      }),
    );
    fc.assert(
      fc.property(directory, (fields) => {
        const added = core.addRemoteContactDirectory(fields);
        expect(added).toEqual({ ...fields, index: added.index });
        expect(core.remoteContactDirectories).toEqual([added]);
        core.removeRemoteContactDirectory(added);
      }),
    );
  });
});
