import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransportType } from '../address/transport-type.ts';
import { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { AccountForm } from './account-form.ts';
import {
  AccountCreatorAlgoStatus as AlgoStatus,
  AccountCreatorEmailStatus as EmailStatus,
  AccountCreatorPasswordStatus as PasswordStatus,
  AccountCreatorPhoneNumberStatus as PhoneStatus,
  AccountCreatorStatus as Status,
  AccountCreatorTransportStatus as TransportStatus,
  AccountCreatorUsernameStatus as UsernameStatus,
} from './enums.ts';
import { FakeHost } from './testing/fake-host.ts';

function newForm(config?: Record<string, string>): AccountForm {
  return new AccountForm(new FakeHost(config));
}

describe('the username', () => {
  it('account-creator 1: empty is too short', () => {
    expect(newForm().setUsername('')).toBe(UsernameStatus.TooShort);
  });

  it('account-creator 2: of 42 letters is too long', () => {
    expect(newForm().setUsername('t'.repeat(42))).toBe(UsernameStatus.TooLong);
  });

  it('account-creator 3: with characters outside the expression is refused', () => {
    const form = newForm();
    form.setUsername('alice');
    expect(form.setUsername('use!')).toBe(UsernameStatus.InvalidCharacters);
    expect(form.username).toBe('alice');
  });

  it('account-creator 4: is read back unchanged', () => {
    const form = newForm();
    expect(form.setUsername('xxxtestuser_1')).toBe(UsernameStatus.Ok);
    expect(form.username).toBe('xxxtestuser_1');
  });

  it('account-creator 5: keeps its case', () => {
    const form = newForm();
    expect(form.setUsername('XXXTESTuser_1')).toBe(UsernameStatus.Ok);
    expect(form.username).toBe('XXXTESTuser_1');
  });

  it('may be limited to phone numbers', () => {
    const form = newForm({ 'assistant/use_phone_number': '1' });
    expect(form.setUsername('alice')).toBe(UsernameStatus.Invalid);
    expect(form.setUsername('+33 6 12')).toBe(UsernameStatus.Ok);
    expect(form.setUsername(null)).toBe(UsernameStatus.Ok);
    expect(form.username).toBeNull();
  });

  it('account-creator D17: has its length counted in bytes', () => {
    const form = newForm({ 'assistant/username_max_length': '4' });
    expect(form.setUsername('éé')).toBe(UsernameStatus.Ok);
    expect(form.setUsername('ééé')).toBe(UsernameStatus.TooLong);
  });

  it('account-creator D2: without limits must make a SIP URI, digits after sip are no look-up', () => {
    const form = newForm({});
    expect(form.setUsername('')).toBe(UsernameStatus.Invalid);
    expect(form.setUsername('sip:')).toBe(UsernameStatus.Invalid);
    expect(form.setUsername('sip:33612345678')).toBe(UsernameStatus.Ok);
    expect(form.setUsername('any thing % at all')).toBe(UsernameStatus.Ok);
  });

  it('is compared with POSIX expressions, one that does not compile matches nothing', () => {
    expect(newForm({ 'assistant/username_regex': '^[[:lower:]]+$' }).setUsername('abc')).toBe(
      UsernameStatus.Ok,
    );
    expect(newForm({ 'assistant/username_regex': 'b' }).setUsername('abc')).toBe(
      UsernameStatus.InvalidCharacters,
    );
    expect(newForm({ 'assistant/username_regex': '[' }).setUsername('abc')).toBe(
      UsernameStatus.InvalidCharacters,
    );
  });
});

describe('the password', () => {
  it('account-creator 6: empty is too short', () => {
    expect(newForm().setPassword('')).toBe(PasswordStatus.TooShort);
  });

  it('account-creator 7: of 15 letters is too long', () => {
    expect(newForm().setPassword('passwordtoolong')).toBe(PasswordStatus.TooLong);
  });

  it('account-creator 8: is read back', () => {
    const form = newForm();
    expect(form.setPassword('pass')).toBe(PasswordStatus.Ok);
    expect(form.password).toBe('pass');
  });

  it('is cleared by null, which answers TooShort', () => {
    const form = newForm();
    form.setPassword('pass');
    expect(form.setPassword(null)).toBe(PasswordStatus.TooShort);
    expect(form.password).toBeNull();
  });
});

describe('the email address', () => {
  it.each([
    'test.linphone.org',
    'test@linphone',
    '@linphone.org',
    'linphone@.org',
    '.linphone@.org',
  ])('account-creator 9: %s is malformed', (email) => {
    expect(newForm().setEmail(email)).toBe(EmailStatus.Malformed);
  });

  it('account-creator 10: with other characters in its last label is refused', () => {
    expect(newForm().setEmail('test@linphone.org$')).toBe(EmailStatus.InvalidCharacters);
  });

  it.each(['test@linphone.org', 'test02@linphone5252.org', '9053test@50255linphone.org'])(
    'account-creator 11: %s is read back',
    (email) => {
      const form = newForm();
      expect(form.setEmail(email)).toBe(EmailStatus.Ok);
      expect(form.email).toBe(email);
    },
  );

  it('is kept in lower case and cannot be cleared', () => {
    const form = newForm();
    form.setEmail('Alice@Example.ORG');
    expect(form.setEmail(null)).toBe(EmailStatus.Malformed);
    expect(form.email).toBe('alice@example.org');
  });

  it('agrees with the two expressions of the reference for any text', () => {
    const text = fc.stringMatching(/^[ab@.$]{0,12}$/);
    fc.assert(
      fc.property(text, (email) => {
        const shaped = /^.+@.+\..*$/s.test(email);
        const plain = /^.+@.+\.[A-Za-z]{2}[A-Za-z]*$/s.test(email);
        const expected = plain ? EmailStatus.Ok : EmailStatus.InvalidCharacters;
        expect(newForm().setEmail(email)).toBe(shaped ? expected : EmailStatus.Malformed);
      }),
    );
  });
});

describe('the phone number', () => {
  it('account-creator 12: of 14 digits is too long', () => {
    expect(newForm().setPhoneNumber('01234567891011', '33')).toBe(PhoneStatus.TooLong);
  });

  it('account-creator 13: null with a country code is invalid', () => {
    expect(newForm().setPhoneNumber(null, '33')).toBe(PhoneStatus.Invalid);
    expect(newForm().setPhoneNumber('0612345678', null)).toBe(PhoneStatus.Invalid);
  });

  it.each(['', '+'])('account-creator 14: with country code "%s" is refused', (countryCode) => {
    expect(newForm().setPhoneNumber('0123', countryCode)).toBe(PhoneStatus.InvalidCountryCode);
  });

  it('account-creator 15: of the test prefix becomes international', () => {
    const form = newForm();
    expect(form.setPhoneNumber('0005554559', '1')).toBe(PhoneStatus.Ok);
    expect(form.phoneNumber).toBe('+10005554559');
  });

  it.each([
    ['0612345678', '33', '+33612345678'],
    ['0612345678', '+33', '+33612345678'],
    ['612345678', '33', '+33612345678'],
    ['012345678', '33', '+33012345678'],
    ['+330612345678', '33', '+33612345678'],
    ['0033612345678', '33', '+33612345678'],
    ['+33612345678', '1', '+33612345678'],
    ['0123', '33', '0123'],
    ['3949', '33', '3949'],
    ['0123456', '33', '0123456'],
    ['', '33', ''],
    ['000555455', '1', '000555455'],
    ['5554559', '1', '5554559'],
    ['0612345678', '44', '+440612345678'],
    ['07911123456', '44', '+447911123456'],
    ['0470123456', '32', '+32470123456'],
    ['+99912345', '999', '+99912345'],
  ])('account-creator D3: %s of %s is stored as %s', (phone, countryCode, stored) => {
    const form = newForm();
    expect(form.setPhoneNumber(phone, countryCode)).toBe(PhoneStatus.Ok);
    expect(form.phoneNumber).toBe(stored);
    expect(form.phoneCountryCode).toBe(countryCode.replace('+', ''));
  });

  it.each([
    ['06 12 34 56 78', '33', PhoneStatus.TooLong],
    ['(555) 010-4477', '1', PhoneStatus.TooLong],
    ['12345', '999', PhoneStatus.InvalidCountryCode],
    ['abc', '33', PhoneStatus.Invalid],
  ])('%s of %s is refused and changes nothing', (phone, countryCode, status) => {
    const form = newForm();
    form.setPhoneNumber('+32470123456', '32');
    expect(form.setPhoneNumber(phone, countryCode)).toBe(status);
    expect(form.phoneNumber).toBe('+32470123456');
    expect(form.phoneCountryCode).toBe('32');
  });

  it('is cleared with its country code, and follows dial_escape_plus', () => {
    const form = newForm({ 'proxy_default_values/dial_escape_plus': '1' });
    form.setPhoneNumber('0612345678', '33');
    expect(form.phoneNumber).toBe('0033612345678');
    expect(form.setPhoneNumber(null, null)).toBe(PhoneStatus.Ok);
    expect([form.phoneNumber, form.phoneCountryCode]).toEqual([null, null]);
  });
});

describe('the other fields', () => {
  it('account-creator D1: domain and display name take any text, the domain in lower case', () => {
    const form = newForm();
    expect([form.setDomain('SIP.Example.ORG'), form.setDisplayName('')]).toEqual([0, 0]);
    expect(form.domain).toBe('sip.example.org');
    expect(form.displayName).toBe('');
    form.setDomain(null);
    expect(form.domain).toBeNull();
  });

  it('the algorithm is stored even when it is reported as not supported', () => {
    const form = newForm();
    expect(form.setAlgorithm('SHA-256')).toBe(AlgoStatus.Ok);
    expect(form.setAlgorithm('sha-256')).toBe(AlgoStatus.NotSupported);
    expect(form.algorithm).toBe('sha-256');
    expect(form.setAlgorithm(null)).toBe(AlgoStatus.Ok);
  });

  it('the transport is refused when the core has none such', () => {
    const form = newForm();
    expect(form.transport).toBe(TransportType.Tcp);
    expect(form.setTransport(TransportType.Dtls)).toBe(TransportStatus.Unsupported);
    expect(form.setTransport(TransportType.Tls)).toBe(TransportStatus.Ok);
    expect(form.transport).toBe(TransportType.Tls);
  });

  it('the route gets a scheme; an unreadable one is refused', () => {
    const form = newForm();
    expect(form.setRoute('Proxy.example.org;lr')).toBe(Status.RequestOk);
    expect(form.route).toBe('sip:proxy.example.org;lr');
    expect(form.setRoute('sip:not a uri')).toBe(Status.RequestFailed);
    expect(form.setRoute(null)).toBe(Status.RequestFailed);
    expect(form.route).toBe('sip:proxy.example.org;lr');
  });

  it('reset empties the form but for transport, default flag, request token and user data', () => {
    const form = newForm();
    form.setUsername('alice');
    form.setEmail('alice@example.org');
    form.setTransport(TransportType.Udp);
    form.setAsDefault = false;
    form.accountCreationRequestToken = 'request';
    form.token = 'token';
    form.pnPrid = 'prid';
    form.userData = 'mine';
    form.reset();
    expect([form.username, form.email, form.token, form.pnPrid]).toEqual([null, null, null, null]);
    expect(form.effectiveDomain).toBeNull();
    expect(form).toMatchObject({
      transport: TransportType.Udp,
      setAsDefault: false,
      accountCreationRequestToken: 'request',
      userData: 'mine',
    });
    form.setPhoneNumber('0612345678', '33');
    expect(form.effectiveDomain).toBe('sip.accounttest.org');
  });

  it('account-creator D15: the new password falls back to a text in the user data', () => {
    const form = newForm();
    form.userData = 'from user data';
    expect(form.wantedPassword).toBe('from user data');
    form.newPassword = 'explicit';
    expect(form.wantedPassword).toBe('explicit');
  });
});

describe('identity, domain and hash', () => {
  it('account-creator 26: a bare name needs a domain, an address is taken as it is', () => {
    const bare = newForm({});
    bare.setUsername('alice');
    expect(bare.identity).toBeNull();
    bare.setUsername('test@linphone.org;transport=tls');
    expect(bare.identity?.asStringUriOnly()).toBe('sip:test@linphone.org;transport=tls');
    const form = newForm({ 'proxy_default_values/reg_identity': 'sip:user@sip.accounttest.org' });
    form.setUsername('1٢3');
    expect(form.identity?.asStringUriOnly()).toBe('sip:1%d9%a23@sip.accounttest.org');
  });

  it('the identity is in the own domain, else in that of the account defaults, else missing', () => {
    const form = newForm();
    expect(form.identity).toBeNull();
    form.setUsername('alice');
    expect(form.identity?.asStringUriOnly()).toBe('sip:alice@sip.accounttest.org');
    form.setDomain('example.org');
    expect(form.identity?.asStringUriOnly()).toBe('sip:alice@example.org');
    const bare = newForm({});
    bare.setUsername('alice');
    expect(bare.identity).toBeNull();
  });

  it('the account given to the form lends its domain and its dialling rules', () => {
    const form = newForm();
    const lent = new ProxyConfig();
    lent.setIdentity('sip:someone@lent.example.org');
    lent.dialEscapePlus = true;
    form.proxyConfig = lent;
    expect(form.effectiveDomain).toBe('lent.example.org');
    form.setPhoneNumber('0612345678', '33');
    expect(form.phoneNumber).toBe('0033612345678');
  });

  it('filling takes domain and algorithm from [assistant] and keeps them', () => {
    const form = newForm({ 'assistant/domain': 'EXAMPLE.org', 'assistant/algorithm': 'SHA-256' });
    form.fillFromAssistant();
    expect([form.domain, form.algorithm]).toEqual(['example.org', 'SHA-256']);
    form.setDomain('other.org');
    form.fillFromAssistant();
    expect(form.domain).toBe('other.org');
  });

  it('HA1 follows the algorithm, the realm is the effective domain', () => {
    const form = newForm();
    form.setUsername('alice');
    form.setDomain('example.org');
    expect(form.ha1Of('secret')).toBe('543e1aec5d3614f03141652d6ada51b2');
    form.setAlgorithm('SHA-256');
    expect(form.ha1Of('secret')).toBe(
      'd1659fff7a501be15962adc35514ca6a5868905695f2dd1093741f931e000a1f',
    );
    form.setAlgorithm('unknown');
    expect(form.ha1Of('secret')).toBe('');
  });
});
