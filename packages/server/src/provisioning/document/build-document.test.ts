import { parseProvisioningXml, serializeProvisioningXml } from '@dialtone/contract';
import { parseNameAddr } from '@dialtone/sip';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../accounts/account.ts';
import { defaultSpaceSettings, type Space } from '../../spaces/space.ts';
import { buildDocument, type DocumentInput } from './build-document.ts';
import type { CarddavServerFields } from '../../spaces/carddav/carddav-server.repository.ts';
import type { ProvisionedAccount, ProvisionedCredentials } from './provisioned-account.ts';

const domain = 'sip.example.com';

function spaceOf(customProvisioningEntries?: string, overwrite = false): Space {
  return {
    ...defaultSpaceSettings,
    switches: { ...defaultSpaceSettings.switches, custom_provisioning_overwrite_all: overwrite },
    customProvisioningEntries,
    id: 1,
    domain,
    host: domain,
    name: domain,
    logo: undefined,
    createdAt: undefined,
    updatedAt: undefined,
    doors: { provisioningHeaderRequired: true, xmlrpc: true },
    digest: { realm: domain, defaultPasswordAlgorithm: 'SHA-256' },
    oidc: undefined,
  };
}

const account: Account = {
  id: 1,
  username: 'ann',
  domain,
  email: undefined,
  activated: true,
  ipAddress: '',
  userAgent: '',
  createdAt: 0,
  updatedAt: undefined,
  displayName: 'Ann',
  dtmfProtocol: undefined,
  blocked: false,
  admin: false,
  phone: undefined,
};

const credentials = (username: string): ProvisionedCredentials => ({
  username,
  domain,
  realm: domain,
  algorithm: 'SHA-256',
  ha1: 'f'.repeat(64),
});

const directory: CarddavServerFields = {
  enabled: true,
  uri: 'https://dav.example.com/',
  minCharacters: 3,
  resultsLimit: 0,
  timeoutSeconds: 5,
  delayMs: 500,
  fieldsForUserInput: undefined,
  fieldsForDomain: undefined,
  useExactMatchPolicy: false,
};

const provisioned = (more: Partial<ProvisionedAccount> = {}): ProvisionedAccount => ({
  account,
  space: spaceOf(),
  credentials: credentials('ann'),
  cardDav: [],
  external: undefined,
  turn: undefined,
  ...more,
});

const everything = provisioned({
  cardDav: [{ ...credentials('dav'), domain: undefined }],
  turn: { server: 'turn.example.com', username: '99:x', password: 'p' },
  external: {
    username: '0123',
    domain: 'provider.example',
    realm: undefined,
    ha1: 'a'.repeat(32),
    algorithm: 'MD5',
    registrar: undefined,
    outboundProxy: 'proxy.provider.example:5080',
    protocol: 'TCP',
  },
});

const build = (input: Partial<DocumentInput> = {}) =>
  buildDocument({
    origin: 'https://sip.example.com',
    space: spaceOf(),
    directories: [],
    knowsDirectories: false,
    account: provisioned(),
    registrar: `<sip:${domain};transport=tls>`,
    uris: {
      conferenceFactory: 'sip:conference-factory@{domain}',
      audioVideoConferenceFactory: undefined,
      voicemail: 'sip:vm-{username}@{domain}',
    },
    switchOn: true,
    refetch: 'me',
    externalDependsOnAccount: false,
    ...input,
  });

/** Entries as `section/key` → value. */
function entries(input?: Partial<DocumentInput>): Record<string, string> {
  return Object.fromEntries(
    build(input).sections.flatMap(({ name, entries }) =>
      entries.map((entry) => [`${name}/${entry.name}`, entry.value]),
    ),
  );
}

const sectionNames = (input?: Partial<DocumentInput>) =>
  build(input).sections.map(({ name }) => name);

const numbersOf = (names: readonly string[], family: string): number[] =>
  names
    .flatMap((name) => new RegExp(`^${family}_(\\d+)$`).exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);

describe('the document of an account', () => {
  it('lets every generation of Linphone create the account and register it', () => {
    expect(entries()).toMatchObject({
      'proxy_0/reg_identity': '"Ann" <sip:ann@sip.example.com>',
      'proxy_0/reg_proxy': '<sip:sip.example.com;transport=tls>',
      'proxy_0/reg_route': '<sip:sip.example.com;transport=tls>',
      'proxy_0/reg_sendregister': '1',
      'proxy_0/realm': domain,
      'proxy_0/conference_factory_uri': 'sip:conference-factory@sip.example.com',
      'proxy_0/voicemail_uri': 'sip:vm-ann@sip.example.com',
      'auth_info_0/username': 'ann',
      'auth_info_0/domain': domain,
      'auth_info_0/realm': domain,
      'auth_info_0/ha1': 'f'.repeat(64),
      'auth_info_0/algorithm': 'SHA-256',
      'account_creator/url': 'https://sip.example.com/api/',
    });
  });

  it('replaces what the phone has, in every entry of its own', () => {
    const { sections } = build({ account: everything, directories: [directory] });
    const kept = sections.flatMap(({ entries }) => entries).filter(({ overwrite }) => !overwrite);
    expect(kept).toEqual([]);
  });

  it('says where the phone finds it again: at me, nowhere, or where it was', () => {
    expect(entries({ refetch: 'me' })).toMatchObject({
      'misc/config-uri': 'https://sip.example.com/provisioning/me',
      'misc/transient_provisioning': '0',
    });
    expect(entries({ refetch: 'once' })).toMatchObject({ 'misc/transient_provisioning': '1' });
    expect(entries({ refetch: 'once' })['misc/config-uri']).toBeUndefined();
    const same = entries({ refetch: 'same' });
    expect([same['misc/config-uri'], same['misc/transient_provisioning']]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('numbers its sections without a gap, CardDAV first', () => {
    const all = entries({ account: everything, directories: [directory, directory] });
    expect(all).toMatchObject({
      'auth_info_0/username': 'dav',
      'auth_info_1/username': 'ann',
      'auth_info_2/username': '99:x',
      'auth_info_2/passwd': 'p',
      'auth_info_3/username': '0123',
      'proxy_0/nat_policy_ref': 'provisioned_nat_policy',
      'provisioned_nat_policy/stun_server_username': '99:x',
      'provisioned_nat_policy/protocols': 'stun,turn,ice',
      'proxy_1/reg_identity': '<sip:0123@provider.example>',
      'proxy_1/reg_proxy': '<sip:provider.example;transport=tcp>',
      'proxy_1/reg_route': '<sip:proxy.provider.example:5080;transport=tcp>',
      'remote_contact_directory_1/type': 'carddav',
      'carddav_1/server_url': 'https://dav.example.com/',
    });
    expect(all['auth_info_0/domain']).toBeUndefined();
    expect(all['proxy_1/depends_on']).toBe('');
  });

  it('has contact directories in today’s form only for phones that would keep the other one too', () => {
    const names = sectionNames({ directories: [directory], knowsDirectories: true });
    expect(numbersOf(names, 'remote_contact_directory')).toEqual([0]);
    expect(numbersOf(names, 'carddav')).toEqual([]);
  });

  it('makes the external account depend on the one of this server when asked to', () => {
    const all = entries({ account: everything, externalDependsOnAccount: true });
    expect(all['proxy_1/depends_on']).toBe(all['proxy_0/idkey']);
  });

  it('leaves accounts switched off on phones that only ask for changes', () => {
    const states = (switchOn: boolean) => {
      const all = entries({ account: everything, switchOn });
      return [all['proxy_0/reg_sendregister'], all['proxy_1/reg_sendregister']];
    };
    expect(states(true)).toEqual(['1', '1']);
    expect(states(false)).toEqual([undefined, undefined]);
  });

  it('takes back from the phone what the external account had before', () => {
    const external = everything.external && { ...everything.external, outboundProxy: undefined };
    const { sections } = build({ account: provisioned({ external }) });
    const proxy = sections.find(({ name }) => name === 'proxy_1')?.entries;
    expect(proxy).toEqual(
      expect.arrayContaining([
        { name: 'reg_route', value: '', overwrite: true },
        { name: 'depends_on', value: '', overwrite: true },
      ]),
    );
  });

  it('has no credentials for an account without a password, and still its account section', () => {
    const names = sectionNames({ account: provisioned({ credentials: undefined }) });
    expect(numbersOf(names, 'auth_info')).toEqual([]);
    expect(names).toContain('proxy_0');
  });

  it('defect 17: quotes display names as SIP does, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/\p{Cc}/u.test(name)),
        (displayName) => {
          const all = entries({ account: provisioned({ account: { ...account, displayName } }) });
          const identity = parseNameAddr(all['proxy_0/reg_identity'] ?? '');
          expect(identity?.displayName).toBe(displayName);
          expect(identity?.uri.user).toBe('ann');
        },
      ),
    );
    const identity = entries({
      account: provisioned({ account: { ...account, displayName: 'A "B" \\ <C> & D' } }),
    })['proxy_0/reg_identity'];
    expect(identity).toBe('"A \\"B\\" \\\\ <C> & D" <sip:ann@sip.example.com>');
  });
});

describe('the text of the space', () => {
  it('wins over what the server would say, and adds to the account', () => {
    const space = spaceOf('[proxy_0]\nreg_expires=600\nreg_proxy=<sip:other>\n[misc]\nmax_calls=2');
    const all = entries({ space });
    expect(all).toMatchObject({
      'proxy_0/reg_proxy': '<sip:other>',
      'proxy_0/reg_route': '<sip:sip.example.com;transport=tls>',
      'proxy_0/reg_expires': '600',
      'misc/max_calls': '2',
    });
    expect(sectionNames({ space }).filter((name) => name === 'proxy_0')).toHaveLength(1);
  });

  it('keeps the numbers of what it describes by itself', () => {
    const space = spaceOf(
      [
        '[proxy_1]\nreg_identity=<sip:desk@trunk>\nreg_proxy=<sip:trunk>',
        '[auth_info_0]\nusername=desk\npasswd=x',
        '[auth_info_1]\nuserid=extra',
        '[carddav_0]\nserver_url=https://own.example/',
      ].join('\n'),
    );
    const all = entries({ space, account: everything, directories: [directory] });
    expect(all).toMatchObject({
      'proxy_1/reg_identity': '<sip:desk@trunk>',
      'proxy_2/reg_identity': '<sip:0123@provider.example>',
      'auth_info_0/username': 'desk',
      'auth_info_1/username': 'dav',
      'auth_info_1/userid': 'extra',
      'auth_info_2/username': 'ann',
      'carddav_0/server_url': 'https://own.example/',
      'carddav_1/server_url': 'https://dav.example.com/',
      'remote_contact_directory_0/uri': 'https://dav.example.com/',
    });
    expect(all['auth_info_0/ha1']).toBeUndefined();
  });

  it('fills gaps only, or replaces, as the space says', () => {
    const text = '[misc]\nmax_calls=2';
    const overwrites = (overwrite: boolean) =>
      build({ space: spaceOf(text, overwrite) })
        .sections.flatMap(({ entries }) => entries)
        .find(({ name }) => name === 'max_calls')?.overwrite;
    expect([overwrites(false), overwrites(true)]).toEqual([false, true]);
  });
});

describe('any document', () => {
  const text = fc.array(
    fc.oneof(
      fc.constantFrom('[proxy_0]', '[auth_info_1]', '[auth_info_0]', '[x]', '[proxy_1]', '[a b]'),
      fc.constantFrom('username=a', 'reg_identity=<sip:a@b>', 'k="<&>"', "k='\"'", 'k=a;b', 'k='),
      fc.string({ unit: 'binary' }),
    ),
  );
  const word = fc.string({ unit: 'grapheme', minLength: 1 });

  it('is read back as it was written, with contiguous numbers', () => {
    fc.assert(
      fc.property(text, fc.boolean(), word, fc.webUrl(), (lines, overwrite, name, origin) => {
        const document = build({
          origin,
          space: spaceOf(lines.join('\n'), overwrite),
          directories: [{ ...directory, uri: origin }],
          account: {
            ...everything,
            account: { ...account, displayName: name.replace(/\p{Cc}/gu, '.') || '.' },
          },
        });
        const { sections, notices } = parseProvisioningXml(serializeProvisioningXml(document));
        expect(sections).toEqual(document.sections);
        expect(notices).toEqual([]);
        const names = sections.map((section) => section.name);
        expect(new Set(names).size).toBe(names.length);
        for (const family of ['proxy', 'auth_info']) {
          const numbers = numbersOf(names, family);
          expect(numbers).toEqual(numbers.map((_, index) => index));
        }
      }),
    );
  });
});
