import { expect, it } from 'vitest';
import { parseAddress, parseNameAddr, type NameAddr } from '../message/name-addr.ts';
import { accept, refuse } from '../testing/index.ts';
import { registrationFixture } from '../testing/registration-fixture.ts';

function address(text: string): NameAddr {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new TypeError(text);
  return parsed;
}

it('writes host, port and transport of the flow into the Contact; the default port is left out', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.settle();
  const uri = parseNameAddr(f.registrar.lastRequest?.headers.get('Contact') ?? '')?.uri;
  expect(uri?.host).toBe('198.51.100.7');
  expect(uri?.port).toBeGreaterThan(40_000);
  expect(uri?.params.get('transport')).toBe('tcp');
  const g = registrationFixture();
  g.registration.register(g.parameters());
  await g.settle();
  expect(g.registrar.lastRequest?.headers.get('Contact')).toBe(
    '"Alice" <sip:alice@198.51.100.7;transport=udp>',
  );
});

it('registration 59: a public GRUU becomes the contact, and no address is corrected', async () => {
  const f = registrationFixture({ clientPublicAddress: '203.0.113.5' });
  const gruu = 'sip:alice@sip.example.org;gr=urn:uuid:1';
  f.registrar.answerAll(accept({ contactParams: [['pub-gruu', gruu]] }));
  const template = { address: address('<sip:alice@sip.example.org>;+sip.instance="<urn:uuid:1>"') };
  f.registration.register(f.parameters({ contact: { ...template, automatic: true } }));
  await f.settle();
  expect(f.registrar.requests).toHaveLength(1);
  expect(f.registration.contact?.uri.params.get('gr')).toBe('urn:uuid:1');
  expect(f.registration.contact?.uri.host).toBe('sip.example.org');
  expect(f.registration.contact?.params.size).toBe(0);
});

it('a contact that is not automatic is sent verbatim and never corrected', async () => {
  const f = registrationFixture({ clientPublicAddress: '203.0.113.5' });
  const contact = { address: address('<sip:m@192.0.2.99:5070;transport=tls>'), automatic: false };
  f.registration.register(f.parameters({ contact }));
  await f.settle();
  expect(f.registrar.requests).toHaveLength(1);
  expect(f.registrar.lastRequest?.headers.get('Contact')).toBe(
    '<sip:m@192.0.2.99:5070;transport=tls>',
  );
});

it('C22: on WebSocket the Contact host is an invented name, and stays', async () => {
  const f = registrationFixture({ clientPublicAddress: '203.0.113.5' });
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=ws' }));
  await f.settle();
  expect(f.registrar.requests).toHaveLength(1);
  expect(f.registrar.lastRequest?.headers.get('Contact')).toMatch(/\.invalid;transport=ws>/);
});

it('without NAT helper the Contact is never corrected', async () => {
  const f = registrationFixture({ clientPublicAddress: '203.0.113.5' });
  f.settings.natHelper = false;
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registrar.requests).toHaveLength(1);
});

it('a registrar that lies about our address twice is believed after one correction', async () => {
  const f = registrationFixture();
  let n = 0;
  f.registrar.answerAll((request, flow) => {
    n += 1;
    const response = accept()(request, flow);
    const via = response?.headers.get('Via') ?? '';
    return (
      response && {
        ...response,
        headers: response.headers.with('Via', `${via};received=203.0.113.${n}`),
      }
    );
  });
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registrar.requests).toHaveLength(2);
  expect(f.states).toEqual(['Progress', 'Ok']);
});

it('registration 85: lifetime in the Contact or in Expires; an unknown Contact still refreshes', async () => {
  for (const [answer, seconds] of [
    [accept({ expiresSeconds: 100 }), 100],
    [refuse(200, ['Expires', '200']), 200],
    [refuse(200, ['Contact', '<sip:somebody@else>;expires=7'], ['Expires', '300']), 300],
    [refuse(200, ['Contact', '<sip:somebody@else>;expires=7']), 1000],
    [refuse(200, ['Contact', '<<<broken']), 1000],
    [refuse(200, ['Expires', '0']), 1000],
  ] as const) {
    const f = registrationFixture();
    f.registrar.answerNext(answer);
    f.registration.register(f.parameters({ expiresSeconds: 1000 }));
    await f.clock.advanceAsync(seconds * 900 - 10);
    expect(f.states).toEqual(['Progress', 'Ok']);
    await f.clock.advanceAsync(20);
    expect(f.states).toEqual(['Progress', 'Ok', 'Ok']);
  }
});

it('an unknown Contact in the 200 leaves the known contact as sent', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(refuse(200, ['Contact', '<sip:somebody@else>']));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registration.contact?.uri.user).toBe('alice');
});

it('our own Contact is found among others, default port or not', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(
    refuse(200, [
      'Contact',
      '<sip:other@203.0.113.9>;expires=9, <sip:alice@198.51.100.7:5060;transport=udp>;expires=50',
    ]),
  );
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(45_001);
  expect(f.registrar.requests).toHaveLength(2);
});

it('registration 63: a second contact goes along; withdrawn ones are removed once', async () => {
  const f = registrationFixture();
  f.registration.register(
    f.parameters({
      customContact: address('<sip:c@192.0.2.50>;q=0.5'),
      withdrawnContacts: [address('<sip:old@192.0.2.51>;q=0.1')],
    }),
  );
  await f.settle();
  const contacts = f.registrar.lastRequest?.headers.getAll('Contact');
  expect(contacts?.slice(1)).toEqual([
    '<sip:c@192.0.2.50>;q=0.5',
    '<sip:old@192.0.2.51>;q=0.1;expires=0',
  ]);
  f.registration.refresh();
  await f.settle();
  expect(f.registrar.lastRequest?.headers.getAll('Contact')).toHaveLength(2);
});

it('a contact to withdraw is left out when it is the one to register', async () => {
  const f = registrationFixture();
  f.registration.register(
    f.parameters({
      withdrawnContacts: [
        address('<sip:alice@198.51.100.7;transport=udp>'),
        address('<sip:alice@198.51.100.8;transport=udp>'),
      ],
    }),
  );
  await f.settle();
  expect(f.registrar.lastRequest?.headers.getAll('Contact').slice(1)).toEqual([
    '<sip:alice@198.51.100.8;transport=udp>;expires=0',
  ]);
});

it('an `expires` the application put on the Contact follows the Expires header', async () => {
  const f = registrationFixture();
  const contact = { address: address('<sip:alice@sip.example.org>;expires=5'), automatic: true };
  f.registration.register(f.parameters({ contact }));
  await f.settle();
  expect(f.registrar.lastRequest?.headers.get('Contact')).toContain('expires=3600');
  f.registration.unregister();
  await f.settle();
  expect(f.registrar.lastRequest?.headers.get('Contact')).toContain('expires=0');
});

it('C19: neither reg-id nor ob is sent', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registrar.lastRequest?.headers.get('Contact')).not.toMatch(/reg-id|;ob/);
});

it('a REGISTER has the headers of registration.md §2.3 and no Route', async () => {
  const f = registrationFixture();
  f.registration.register(
    f.parameters({ sendDate: true, preferredIdentity: '<sip:alice@sip.example.org>' }),
  );
  await f.settle();
  const request = f.registrar.lastRequest;
  expect(request?.requestUri).toBe('sip:sip.example.org');
  const headers = request?.headers;
  expect(headers?.get('To')).toBe('"Alice" <sip:alice@sip.example.org>');
  expect(headers?.from.params.has('tag')).toBe(true);
  expect(headers?.get('Max-Forwards')).toBe('70');
  expect(headers?.get('Supported')).toBe('replaces, outbound, gruu, path');
  expect(headers?.get('Accept')).toContain('application/sdp');
  expect(headers?.get('User-Agent')).toBe('Test/1.0');
  expect(headers?.get('Date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  expect(headers?.get('P-Preferred-Identity')).toBe('<sip:alice@sip.example.org>');
  expect(headers?.via[0]?.params.get('branch')).toMatch(/^z9hG4bK/);
  expect(headers?.has('Route')).toBe(false);
});

it('a rewritten Contact is known by its instance: the lifetime it was granted counts', async () => {
  const f = registrationFixture();
  const instance = '+sip.instance="<urn:uuid:1>"';
  const rewritten = `<sip:alice@10.9.8.7:4321>;${instance};expires=60`;
  f.registrar.answerAll(
    refuse(200, ['Contact', '<sip:b@c.example>;expires=9'], ['Contact', rewritten]),
  );
  const template = address(`<sip:alice@sip.example.org>;${instance}`);
  f.registration.register(f.parameters({ contact: { address: template, automatic: true } }));
  await f.clock.advanceAsync(53_000);
  expect(f.registrar.requests).toHaveLength(1);
  await f.clock.advanceAsync(2000);
  expect(f.registrar.requests).toHaveLength(2);
});

it.each([
  ['unknown', '198.51.100.7'],
  ['"x>;y"', '198.51.100.7'],
  ['[2001:db8::7]', '[2001:db8::7]'],
  ['2001:db8::7', '[2001:db8::7]'],
])('received=%s makes a Contact with host %s', async (received, host) => {
  const f = registrationFixture();
  f.registrar.answerAll((request, flow) => {
    const answer = accept()(request, flow);
    const via = request.headers.get('Via')?.replace(/;received=[^;]*/, '') ?? '';
    return (
      answer && { ...answer, headers: answer.headers.with('Via', `${via};received=${received}`) }
    );
  });
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.registrar.lastRequest?.headers.get('Contact')).toMatch(`@${host};transport=udp>`);
});
